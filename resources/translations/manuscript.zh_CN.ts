<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CountLine</name>
    <message>
        <source>{words} of {asked} words</source>
        <translation>{words} / {asked} 词</translation>
    </message>
    <message>
        <source>1 word</source>
        <translation>1 词</translation>
    </message>
    <message>
        <source>{words} words</source>
        <translation>{words} 词</translation>
    </message>
</context>
<context>
    <name>FieldEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Capital and small letters must be as typed</source>
        <translation>大小写须与输入的一致</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Not inside of longer words</source>
        <translation>不在更长的单词中查找</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>A pattern: $1 or \1 in the replacement is its group 1</source>
        <translation>替换内容中的 $1 或 \1 代表第 1 个分组</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>替换(&amp;R)</translation>
    </message>
    <message>
        <source>Replace &amp;all</source>
        <translation>全部替换(&amp;A)</translation>
    </message>
    <message>
        <source>{name}: {tip}</source>
        <translation>{name}：{tip}</translation>
    </message>
    <message>
        <source>{name} ({keys})</source>
        <translation>{name}（{keys}）</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>more than {count}</source>
        <translation>超过 {count}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 处，共 {count} 处</translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1 处</translation>
    </message>
    <message>
        <source>{count} places</source>
        <translation>{count} 处</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>The document is open for reading only, so nothing was replaced.</source>
        <translation>文档以只读方式打开，未作任何替换。</translation>
    </message>
    <message>
        <source>From the top again.</source>
        <translation>已从开头继续。</translation>
    </message>
    <message>
        <source>From the end again.</source>
        <translation>已从末尾继续。</translation>
    </message>
    <message>
        <source>{reason} Nothing was replaced there.</source>
        <translation>{reason}此处未替换。</translation>
    </message>
    <message>
        <source>No other place is left.</source>
        <translation>没有其他位置了。</translation>
    </message>
    <message>
        <source>The text changes all the time, so nothing was replaced. Pause the writing, then try again.</source>
        <translation>正文一直在变化，未作任何替换。请先暂停写作，再试一次。</translation>
    </message>
    <message>
        <source>Replaced once.</source>
        <translation>已替换 1 处。</translation>
    </message>
    <message>
        <source>Nothing was replaced.</source>
        <translation>未作任何替换。</translation>
    </message>
    <message>
        <source>Replaced {count} times.</source>
        <translation>已替换 {count} 处。</translation>
    </message>
    <message>
        <source>1 place in locked sections was left as it is.</source>
        <translation>已锁定的小节中有 1 处保持原样。</translation>
    </message>
    <message>
        <source>{count} places in locked sections were left as they are.</source>
        <translation>已锁定的小节中有 {count} 处保持原样。</translation>
    </message>
    <message>
        <source>1 place in the sections being written was left as it is.</source>
        <translation>正在写的各小节中有 1 处保持原样。</translation>
    </message>
    <message>
        <source>{count} places in the sections being written were left as they are.</source>
        <translation>正在写的各小节中有 {count} 处保持原样。</translation>
    </message>
    <message>
        <source>1 place in the section being written was left as it is.</source>
        <translation>正在写的小节中有 1 处保持原样。</translation>
    </message>
    <message>
        <source>{count} places in the section being written were left as they are.</source>
        <translation>正在写的小节中有 {count} 处保持原样。</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>This pattern takes too long to try. Make it simpler, for example with fewer + and * inside one another.</source>
        <translation>这个表达式匹配起来太慢。请简化它，例如减少嵌套的 + 和 *。</translation>
    </message>
    <message>
        <source>A pattern cannot contain itself here. Write it without (?R) and the like.</source>
        <translation>这里不支持递归的表达式。请不要使用 (?R) 一类的写法。</translation>
    </message>
    <message>
        <source>This pattern is too large to be used. Make it shorter.</source>
        <translation>这个表达式太大，无法使用。请缩短它。</translation>
    </message>
    <message>
        <source>This is no complete pattern: {message}.</source>
        <translation>表达式不完整：{message}。</translation>
    </message>
    <message>
        <source>This is no complete pattern: {message} at character {place}.</source>
        <translation>表达式不完整：{message}（第 {place} 个字符）。</translation>
    </message>
    <message>
        <source>The replacement names group “{name}”, but the pattern has {count}. Groups stand in ( ).</source>
        <translation>替换内容用到了分组“{name}”，但表达式中的分组数为 {count}。分组写在 ( ) 里。</translation>
    </message>
    <message>
        <source>only one</source>
        <translation>1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>0</translation>
    </message>
    <message>
        <source>Nothing was replaced. {reason}</source>
        <translation>未作任何替换。{reason}</translation>
    </message>
</context>
<context>
    <name>Manuscript</name>
    <message>
        <source>Manuscript</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>The text of the document, section after section, in Markdown</source>
        <translation>文档的正文，逐节排列，Markdown 格式</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Next: {main_point}</source>
        <translation>接下来：{main_point}</translation>
    </message>
    <message>
        <source>Section {number} is locked.</source>
        <translation>第 {number} 节已锁定。</translation>
    </message>
    <message>
        <source>Section {number} is being written.</source>
        <translation>第 {number} 节正在写作中。</translation>
    </message>
</context>
<context>
    <name>OriginMarks</name>
    <message>
        <source>Generated, as the model wrote it</source>
        <translation>模型生成，未改动</translation>
    </message>
    <message>
        <source>Generated, then edited</source>
        <translation>模型生成，后经修改</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>您自己写的</translation>
    </message>
</context>
<context>
    <name>RegexError</name>
    <message>
        <source>ambiguous group reference</source>
        <translation>分组引用有歧义</translation>
    </message>
    <message>
        <source>bad character in group name</source>
        <translation>分组名含有无效字符</translation>
    </message>
    <message>
        <source>bad character range</source>
        <translation>字符范围无效</translation>
    </message>
    <message>
        <source>bad escape (end of pattern)</source>
        <translation>转义不完整（已到结尾）</translation>
    </message>
    <message>
        <source>expected character set</source>
        <translation>缺少字符集</translation>
    </message>
    <message>
        <source>invalid group reference</source>
        <translation>分组引用无效</translation>
    </message>
    <message>
        <source>min repeat greater than max repeat</source>
        <translation>最少重复次数大于最多重复次数</translation>
    </message>
    <message>
        <source>missing )</source>
        <translation>缺少“)”</translation>
    </message>
    <message>
        <source>missing ]</source>
        <translation>缺少“]”</translation>
    </message>
    <message>
        <source>missing &lt;</source>
        <translation>缺少“&lt;”</translation>
    </message>
    <message>
        <source>missing &gt;</source>
        <translation>缺少“&gt;”</translation>
    </message>
    <message>
        <source>missing group name</source>
        <translation>缺少分组名</translation>
    </message>
    <message>
        <source>multiple repeat</source>
        <translation>重复符号连用</translation>
    </message>
    <message>
        <source>nothing to repeat</source>
        <translation>没有可重复的内容</translation>
    </message>
    <message>
        <source>unbalanced parenthesis</source>
        <translation>括号不配对</translation>
    </message>
    <message>
        <source>undefined character name</source>
        <translation>字符名未定义</translation>
    </message>
    <message>
        <source>unknown extension</source>
        <translation>扩展语法无法识别</translation>
    </message>
    <message>
        <source>unknown group</source>
        <translation>分组不存在</translation>
    </message>
    <message>
        <source>unknown property</source>
        <translation>字符属性无法识别</translation>
    </message>
    <message>
        <source>unterminated character set</source>
        <translation>缺少“]”</translation>
    </message>
</context>
<context>
    <name>RewriteMenu</name>
    <message>
        <source>&amp;Shorten</source>
        <translation>精简(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Expand</source>
        <translation>扩写(&amp;E)</translation>
    </message>
    <message>
        <source>Say it &amp;differently</source>
        <translation>换个说法(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Formal</source>
        <translation>正式(&amp;F)</translation>
    </message>
    <message>
        <source>F&amp;riendly</source>
        <translation>亲切(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Plain</source>
        <translation>平实(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Vivid</source>
        <translation>生动(&amp;V)</translation>
    </message>
    <message>
        <source>Re&amp;write</source>
        <translation>改写(&amp;W)</translation>
    </message>
    <message>
        <source>Another &amp;tone</source>
        <translation>换种语气(&amp;T)</translation>
    </message>
    <message>
        <source>As &amp;I ask…</source>
        <translation>按我的要求(&amp;I)…</translation>
    </message>
</context>
<context>
    <name>Spelling</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>正在查找建议…</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
    <message>
        <source>A&amp;dd “{word}” to my words</source>
        <translation>将“{word}”加入个人词典(&amp;D)</translation>
    </message>
    <message>
        <source>“{word}” does not stand there any more, so nothing was replaced.</source>
        <translation>“{word}”已不在原处，因此未作替换。</translation>
    </message>
    <message>
        <source>No misspelt word was found.</source>
        <translation>没有发现拼写错误。</translation>
    </message>
</context>
<context>
    <name>SpellingProcess</name>
    <message>
        <source>The spelling is not checked any more: the program that does it has ended. Nothing of your text was changed.</source>
        <translation>拼写检查已停止：负责检查的程序已退出。您的正文没有任何改动。</translation>
    </message>
</context>
<context>
    <name>StepWords</name>
    <message>
        <source>Typing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>编辑正文</translation>
    </message>
    <message>
        <source>Written text</source>
        <translation>模型写的正文</translation>
    </message>
    <message>
        <source>Change of the text</source>
        <translation>正文的改动</translation>
    </message>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>撤销：{what}(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>重做：{what}(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
</context>
</TS>
