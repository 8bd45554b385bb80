<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionKeys</name>
    <message>
        <source>Write or pause</source>
        <translation>写作或暂停</translation>
    </message>
    <message>
        <source>Press the new key first.</source>
        <translation>请先按下新的快捷键。</translation>
    </message>
    <message>
        <source>This key has a fixed meaning in every window. Choose another one.</source>
        <translation>每个窗口自己都要用这个键，请换一个。</translation>
    </message>
    <message>
        <source>This key is needed for typing. Hold Ctrl or Alt with it, or choose F1 to F12.</source>
        <translation>这个键用于输入文字。请配合 Ctrl 或 Alt，或者选用 F1 到 F12。</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Focus mode</source>
        <translation>专注模式</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The colours of the window.</source>
        <translation>窗口的配色。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of menus and messages. The language of your documents stays as it is.</source>
        <translation>菜单和提示的语言；不影响文档的写作语言。</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Menus and lists appear at once, without sliding or fading, whatever the system is set to.</source>
        <translation>不论系统如何设置，都不用滑动和淡入淡出。</translation>
    </message>
    <message>
        <source>Typeface</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Used for your text. Menus and panels keep the system&apos;s typeface.</source>
        <translation>用于正文；菜单和面板仍用系统字体。</translation>
    </message>
    <message>
        <source>Chinese characters come from {family} if the typeface has none.</source>
        <translation>所选字体没有汉字时，汉字用 {family}。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>You can also hold Ctrl and turn the mouse wheel over the text.</source>
        <translation>也可以按住 Ctrl 滚动鼠标滚轮来调整。</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Line height</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>The distance from line to line, as a multiple of the size. Chinese text gets a little more.</source>
        <translation>行与行的距离，按字号的倍数计；中文会略大一些。</translation>
    </message>
    <message>
        <source>Width of the page</source>
        <translation>页面宽度</translation>
    </message>
    <message>
        <source>How many English letters a line holds; 65 to 75 are easiest to read. A line of {letters} letters holds {characters} Chinese characters.</source>
        <translation>每行可排的英文字母数，65 到 75 最易读；{letters} 个字母的行宽约合 {characters} 个汉字。</translation>
    </message>
    <message>
        <source>Mark generated, edited and own text</source>
        <translation>在页边标出文字来源</translation>
    </message>
    <message>
        <source>Marks in the margin show what the model wrote, what you changed of it, and what you typed yourself.</source>
        <translation>区分模型生成、后经修改和您自己写的文字。</translation>
    </message>
    <message>
        <source>What stays clear</source>
        <translation>保持清晰的部分</translation>
    </message>
    <message>
        <source>Focus mode dims everything else.</source>
        <translation>专注模式下淡化其余部分。</translation>
    </message>
    <message>
        <source>The paragraph</source>
        <translation>当前段落</translation>
    </message>
    <message>
        <source>The sentence</source>
        <translation>当前句子</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>不淡化其他文字</translation>
    </message>
    <message>
        <source>Keep the line in the middle</source>
        <translation>打字机模式</translation>
    </message>
    <message>
        <source>The text moves up as you type, as in a typewriter.</source>
        <translation>当前行保持在中间，文字移动，就像打字机。</translation>
    </message>
    <message>
        <source>The app&apos;s own ({family})</source>
        <translation>应用自带（{family}）</translation>
    </message>
    <message>
        <source>{family} (not found now)</source>
        <translation>{family}（目前找不到）</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>New documents go here.</source>
        <translation>新建的文档放在这里。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models that you download, or put here yourself.</source>
        <translation>您下载或放到这里的模型。</translation>
    </message>
    <message>
        <source>Move, or look elsewhere…</source>
        <translation>移动，或添加查找位置…</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Dated copies of your documents; see File &gt; Backups.</source>
        <translation>带日期的文档副本，见“文件 &gt; 备份”。</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>What models have read of your texts, so that writing goes on quickly after a restart. Without it they read again.</source>
        <translation>模型读过的文稿，重启后可以很快接着写；没有缓存时会重新读。</translation>
    </message>
    <message>
        <source>Size limit of caches</source>
        <translation>缓存上限</translation>
    </message>
    <message>
        <source>When it is reached, the oldest are deleted. 0 turns the caches off.</source>
        <translation>达到上限时先删除最旧的；设为 0 则不保留缓存。</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings, your own prompts and words.</source>
        <translation>设置、您自己的提示词和个人词典。</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What went wrong, and where in the app&apos;s code; none of your text.</source>
        <translation>错误类型和出错的代码位置，不含您写的任何文字。</translation>
    </message>
    <message>
        <source>Size limit of backups</source>
        <translation>备份上限</translation>
    </message>
    <message>
        <source>When it is reached, the oldest are deleted; the newest of each document stays. 0 turns backups off.</source>
        <translation>达到上限时先删除最旧的，每个文档最新的一份总会保留；设为 0 则不备份。</translation>
    </message>
    <message>
        <source>A backup at least every</source>
        <translation>备份间隔</translation>
    </message>
    <message>
        <source>While you change a document. One is also made when you open it and when you close it.</source>
        <translation>文档有改动时按此间隔备份；打开和关闭时也各备份一次。</translation>
    </message>
    <message>
        <source> minutes</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>only on opening and closing</source>
        <translation>仅在打开和关闭时</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open folder: {what}</source>
        <translation>打开文件夹：{what}</translation>
    </message>
    <message>
        <source>Place and size: {what}</source>
        <translation>位置和大小：{what}</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>nothing in it yet</source>
        <translation>还没有内容</translation>
    </message>
</context>
<context>
    <name>GoalsPage</name>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Words a day</source>
        <translation>每日字数</translation>
    </message>
    <message>
        <source>View &gt; Statistics shows how far you have come today.</source>
        <translation>在“视图 &gt; 统计”中可以看到今天的进度。</translation>
    </message>
    <message>
        <source>no goal</source>
        <translation>不设目标</translation>
    </message>
    <message>
        <source>Count what the model writes, too</source>
        <translation>也计入模型写的字数</translation>
    </message>
    <message>
        <source>Otherwise only the words that you type yourself count.</source>
        <translation>否则只计您自己输入的字数。</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其快捷键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已改</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新快捷键</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>使用此键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设快捷键</translation>
    </message>
    <message>
        <source>Restore default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无快捷键</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改动</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Use it here</source>
        <translation>改用于此</translation>
    </message>
    <message>
        <source>{key} belongs to “{action}”, which loses it if you use it here.</source>
        <translation>{key} 现在是“{action}”的快捷键；用在这里后，那一项就不再有它。</translation>
    </message>
    <message>
        <source>“{action}”: press the new key in the field, then choose “Use this key”.</source>
        <translation>“{action}”：请在输入框中按下新的快捷键，然后选择“使用此键”。</translation>
    </message>
    <message>
        <source>{key} opens the menu “{menu}”. Choose another one.</source>
        <translation>{key} 用于打开“{menu}”菜单，请换一个。</translation>
    </message>
    <message>
        <source>In “{area}”, {key} does this: {what}. Used here, it no longer does that there.</source>
        <translation>在“{area}”中，{key} 的作用是：{what}。用在这里之后，它在那里不再起作用。</translation>
    </message>
</context>
<context>
    <name>MachineFacts</name>
    <message>
        <source>This computer has {total} of memory, of which {free} are free now.</source>
        <translation>这台电脑有 {total} 内存，目前空闲 {free}。</translation>
    </message>
    <message>
        <source>{name}: {description}, {free} free</source>
        <translation>{name}：{description}，空闲 {free}</translation>
    </message>
    <message>
        <source>The graphics processor {name} can be used.</source>
        <translation>显卡 {name} 可以使用。</translation>
    </message>
    <message>
        <source>The graphics processor {name} is not used, because llama.cpp was not built for it. On the command line, `longwriter-desktop doctor` says which line builds it.</source>
        <translation>显卡 {name} 未使用，因为 llama.cpp 没有为它编译。在命令行运行 `longwriter-desktop doctor` 可以看到编译命令。</translation>
    </message>
    <message>
        <source>The model needs {needs} of memory.</source>
        <translation>模型需要 {needs} 内存。</translation>
    </message>
    <message>
        <source>It can see {tokens} tokens of plan and text at a time.</source>
        <translation>一次能读入 {tokens} 个词元的计划和正文。</translation>
    </message>
    <message>
        <source>{count} of its {all} layers lie on {device}.</source>
        <translation>{all} 层中有 {count} 层放在 {device} 上。</translation>
    </message>
    <message>
        <source>All of it lies in the computer&apos;s own memory.</source>
        <translation>全部放在电脑内存中。</translation>
    </message>
    <message>
        <source>What it has read is kept in half the usual memory.</source>
        <translation>已读内容只占通常一半的内存。</translation>
    </message>
</context>
<context>
    <name>OpenFolder</name>
    <message>
        <source>The folder {folder} could not be made ({problem}).</source>
        <translation>无法创建文件夹 {folder}（{problem}）。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there yet: nothing was kept in it so far.</source>
        <translation>文件夹 {folder} 尚不存在：还没有在里面保存过内容。</translation>
    </message>
    <message>
        <source>No program that opens folders was found on this system. The folder is {folder}.</source>
        <translation>系统没有指定打开文件夹的程序。位置是 {folder}。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Nothing that you write leaves this computer. The app goes online only for a download that you start: the hub then learns which file you want, and the app&apos;s name and version.</source>
        <translation>您写的内容不会离开这台电脑。只有您自己开始下载时才会联网：下载站点会知道要哪个文件，以及本应用的名称和版本。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>What is stored where</source>
        <translation>各种内容存放在哪里</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo clearing the recent documents</source>
        <translation>撤销清空最近文档</translation>
    </message>
    <message>
        <source>Recent documents</source>
        <translation>最近文档</translation>
    </message>
    <message>
        <source>The list on the start page, with titles and places, and the folders that file dialogs showed last. The documents themselves stay.</source>
        <translation>起始页上的列表（含标题和位置），以及文件对话框最近打开过的文件夹。文档本身不会动。</translation>
    </message>
    <message>
        <source>Clear the caches</source>
        <translation>清除缓存</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>What models have read of your texts. Clearing them loses nothing, but the next Write reads the text again, which can take minutes.</source>
        <translation>模型读过的文稿。不会丢失任何内容；下次写作时会重新读一遍，可能要几分钟。</translation>
    </message>
    <message>
        <source>{what} Kept in {where}.</source>
        <translation>{what}存放在 {where}。</translation>
    </message>
    <message>
        <source>Your documents and exports</source>
        <translation>您的文档和导出的文件</translation>
    </message>
    <message>
        <source>They stay where you save them, until you delete them.</source>
        <translation>全部内容，在您保存的位置，直到您删除。</translation>
    </message>
    <message>
        <source>Backups and recovered texts</source>
        <translation>备份和未保存文字的副本</translation>
    </message>
    <message>
        <source>Whole documents, which only you can read.</source>
        <translation>完整的文档，只有您本人可读。</translation>
    </message>
    <message>
        <source>What models have read, as numbers that can be turned back into text.</source>
        <translation>模型读过的文稿，以数字形式保存，可以还原成文字。</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Recent documents, models and how fast they are, licences that you agreed to, and numbers of words a day without titles.</source>
        <translation>最近文档、模型及其速度、您同意过的许可协议，以及不含标题的每日字数。</translation>
    </message>
    <message>
        <source>Settings, your prompts and words</source>
        <translation>设置、您的提示词和个人词典</translation>
    </message>
    <message>
        <source>What you have set and added, and the folders that file dialogs showed last.</source>
        <translation>您选择和添加的内容，以及文件对话框最近打开过的文件夹。</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>问题报告</translation>
    </message>
    <message>
        <source>Folders that you had made under Help &gt; Report a problem, until you delete them.</source>
        <translation>您通过“帮助 &gt; 报告问题”生成的文件夹，直到您删除为止。</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What went wrong; none of your text, no titles, no file names.</source>
        <translation>错误类型；不含您写的文字、标题和文件名。</translation>
    </message>
    <message>
        <source>The recent documents could not be listed again ({problem}). Try it once more.</source>
        <translation>无法恢复最近文档列表（{problem}）。请再试一次。</translation>
    </message>
    <message>
        <source>The list of recent documents could not be emptied ({problem}). It is as it was.</source>
        <translation>无法清空最近文档列表（{problem}）。列表保持原样。</translation>
    </message>
    <message>
        <source>The list of recent documents is empty. The documents are where they were.</source>
        <translation>最近文档列表已清空。文档仍在原处。</translation>
    </message>
    <message>
        <source>The recent documents are listed again.</source>
        <translation>最近文档已恢复到列表中。</translation>
    </message>
    <message>
        <source>The caches are cleared: {size} are free again.</source>
        <translation>缓存已清除，腾出了 {size}。</translation>
    </message>
    <message>
        <source>{size} are free again. Some files could not be removed and are still there.</source>
        <translation>腾出了 {size}。有些文件无法删除，仍然保留着。</translation>
    </message>
</context>
<context>
    <name>PromptsPage</name>
    <message>
        <source>Plan: asking for it</source>
        <translation>计划：列出全文计划</translation>
    </message>
    <message>
        <source>Plan: asking a large model</source>
        <translation>计划：列出全文计划（大模型）</translation>
    </message>
    <message>
        <source>Plan: of one chapter</source>
        <translation>计划：列出一章的计划</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Write: instruction and plan</source>
        <translation>写作：要求和计划</translation>
    </message>
    <message>
        <source>Write: line above a section</source>
        <translation>写作：小节开头的提示行</translation>
    </message>
    <message>
        <source>Write: line where a section goes on</source>
        <translation>写作：续写时的提示行</translation>
    </message>
    <message>
        <source>Write: your direction</source>
        <translation>写作：您的写作指示</translation>
    </message>
    <message>
        <source>Write: beginning, for the smallest models</source>
        <translation>写作：给最小模型的开场</translation>
    </message>
    <message>
        <source>Conversation: instruction and plan</source>
        <translation>对话：要求和计划</translation>
    </message>
    <message>
        <source>Conversation: next section</source>
        <translation>对话：下一小节</translation>
    </message>
    <message>
        <source>Conversation: going on</source>
        <translation>对话：续写</translation>
    </message>
    <message>
        <source>As in the paper: instruction, plan and text</source>
        <translation>论文方式：要求、计划和正文</translation>
    </message>
    <message>
        <source>As in the paper: next section</source>
        <translation>论文方式：下一小节</translation>
    </message>
    <message>
        <source>As in the paper: going on</source>
        <translation>论文方式：续写</translation>
    </message>
    <message>
        <source>In all: your direction</source>
        <translation>通用：您的写作指示</translation>
    </message>
    <message>
        <source>In all: a changed plan</source>
        <translation>通用：计划有改动</translation>
    </message>
    <message>
        <source>In all: text left out for length</source>
        <translation>通用：因篇幅省略的正文</translation>
    </message>
    <message>
        <source>In all: summaries of what is left out</source>
        <translation>通用：省略部分的摘要</translation>
    </message>
    <message>
        <source>In all: no text yet</source>
        <translation>通用：还没有正文</translation>
    </message>
    <message>
        <source>Summary of a section</source>
        <translation>小节摘要</translation>
    </message>
    <message>
        <source>Rewrite: the passage and its surroundings</source>
        <translation>改写：段落及其上下文</translation>
    </message>
    <message>
        <source>Rewrite: shorten</source>
        <translation>改写：精简</translation>
    </message>
    <message>
        <source>Rewrite: expand</source>
        <translation>改写：扩写</translation>
    </message>
    <message>
        <source>Rewrite: say it differently</source>
        <translation>改写：换个说法</translation>
    </message>
    <message>
        <source>Rewrite: another tone</source>
        <translation>改写：换种语气</translation>
    </message>
    <message>
        <source>Rewrite: as you ask</source>
        <translation>改写：按您的要求</translation>
    </message>
    <message>
        <source>Rewrite: nothing stands there</source>
        <translation>改写：前后没有文字</translation>
    </message>
    <message>
        <source>Asks for the plan, line by line. Small and medium models.</source>
        <translation>向中小模型请求写作计划，逐行写出。</translation>
    </message>
    <message>
        <source>Asks for the whole plan at once, in a form of the paper&apos;s. Large models.</source>
        <translation>向大模型一次请求全部写作计划，格式与论文相同。</translation>
    </message>
    <message>
        <source>Asks for the sections of one chapter of a long document, with the other chapters in view.</source>
        <translation>长文档先分章：请求其中一章的小节，并附上其他各章。</translation>
    </message>
    <message>
        <source>Asks for the document&apos;s title, when the plan is made.</source>
        <translation>制定计划后，请模型给文档拟标题。</translation>
    </message>
    <message>
        <source>Begins the writing: what is wanted, and the plan. Most models.</source>
        <translation>开始写作时说明写作要求和计划。用于大多数模型。</translation>
    </message>
    <message>
        <source>The line above the section that the model is to write.</source>
        <translation>写在每个小节前的标题行，模型由此知道该写哪一节。</translation>
    </message>
    <message>
        <source>The line above a section that ended too early and is to be longer.</source>
        <translation>小节写得太短时，续写之前的标题行。</translation>
    </message>
    <message>
        <source>Puts your direction for a section above its text.</source>
        <translation>把您给小节的写作指示写在该节正文之前。</translation>
    </message>
    <message>
        <source>Begins the writing for the smallest models, which are shown an example first.</source>
        <translation>开始写作时用于最小的模型：先给它看一个范例，再说要求。</translation>
    </message>
    <message>
        <source>Begins the writing in a conversation, in which each section is one answer.</source>
        <translation>以对话方式写作（一节一问一答）时，开头说明要求和计划。</translation>
    </message>
    <message>
        <source>Asks for the next section.</source>
        <translation>请求下一小节。</translation>
    </message>
    <message>
        <source>Asks for more of a section that ended too early.</source>
        <translation>小节写得太短时请求续写。</translation>
    </message>
    <message>
        <source>One question for each section, with all the text so far, as in the paper on LongWriter.</source>
        <translation>按 LongWriter 论文的方式写作：每节提问一次，附上要求、计划和已写正文。</translation>
    </message>
    <message>
        <source>How the model is told your direction for a section, in the two ways above.</source>
        <translation>论文方式和对话方式中，怎样转达您的写作指示。</translation>
    </message>
    <message>
        <source>Tells the model that the plan has changed.</source>
        <translation>计划改动后，告诉模型新的计划。</translation>
    </message>
    <message>
        <source>Takes the place of text that is too long for the model to read.</source>
        <translation>正文太长、模型读不下时，说明省略了哪些小节。</translation>
    </message>
    <message>
        <source>Used instead where the sections left out have summaries.</source>
        <translation>省略的小节有摘要时，改用这一条附上摘要。</translation>
    </message>
    <message>
        <source>Takes the place of the text while there is none.</source>
        <translation>还没有正文时，代替正文的说明。</translation>
    </message>
    <message>
        <source>Asks for the summary of a section, for when the text grows too long to be read.</source>
        <translation>正文太长时，请模型为小节写摘要。</translation>
    </message>
    <message>
        <source>Shows a passage that you have marked, and the text around it.</source>
        <translation>改写所选文字时，给出这段文字及其上下文。</translation>
    </message>
    <message>
        <source>What is asked for by Rewrite selection &gt; Shorten.</source>
        <translation>“改写所选文字 &gt; 精简”时的要求。</translation>
    </message>
    <message>
        <source>What is asked for by Rewrite selection &gt; Expand.</source>
        <translation>“改写所选文字 &gt; 扩写”时的要求。</translation>
    </message>
    <message>
        <source>What is asked for by Rewrite selection &gt; Say it differently.</source>
        <translation>“改写所选文字 &gt; 换个说法”时的要求。</translation>
    </message>
    <message>
        <source>What is asked for by Rewrite selection &gt; Another tone.</source>
        <translation>“改写所选文字 &gt; 换种语气”时的要求。</translation>
    </message>
    <message>
        <source>What is asked for in your own words.</source>
        <translation>“改写所选文字 &gt; 按我的要求”时怎样转达。</translation>
    </message>
    <message>
        <source>Takes the place of the text before or after the passage where there is none.</source>
        <translation>所选文字之前或之后没有文字时的说明。</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>What the model is told, word for word. The app fills in the $NAMES$ between dollar signs; leave them in. A change takes effect with the next plan or section.</source>
        <translation>模型收到的原话。形如 $INSTRUCTION$ 的变量由应用填入，请保留。改动从下一次计划或下一小节起生效。</translation>
    </message>
    <message>
        <source>For documents in</source>
        <translation>文档语言</translation>
    </message>
    <message>
        <source>Each language has its own prompts.</source>
        <translation>每种语言有各自的提示词。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Which of them are used depends on the model.</source>
        <translation>用到哪些提示词，取决于模型。</translation>
    </message>
    <message>
        <source>Wording of the prompt</source>
        <translation>提示词内容</translation>
    </message>
    <message>
        <source>Restore this one</source>
        <translation>恢复此条</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Your prompts could not be put aside ({problem}).</source>
        <translation>无法移开您的提示词（{problem}）。</translation>
    </message>
    <message>
        <source>{name} (changed)</source>
        <translation>{name}（已改）</translation>
    </message>
    <message>
        <source>Not in use yet. {problem}</source>
        <translation>尚未生效。{problem}</translation>
    </message>
    <message>
        <source>The prompt could not be saved ({problem}).</source>
        <translation>无法保存提示词（{problem}）。</translation>
    </message>
    <message>
        <source>Saved. It takes effect with the next plan or section.</source>
        <translation>已保存，从下一次计划或下一小节起生效。</translation>
    </message>
    <message>
        <source>Your prompts could not be put back ({problem}).</source>
        <translation>无法放回您的提示词（{problem}）。</translation>
    </message>
</context>
<context>
    <name>SamplingPage</name>
    <message>
        <source>As the model&apos;s makers recommend</source>
        <translation>按模型作者的建议</translation>
    </message>
    <message>
        <source>Careful: likely words, few surprises</source>
        <translation>稳妥：用词常见，少有意外</translation>
    </message>
    <message>
        <source>Balanced: LongWriter&apos;s own values</source>
        <translation>均衡：LongWriter 的数值</translation>
    </message>
    <message>
        <source>Lively: more variety, more slips</source>
        <translation>活泼：变化更多，失误也更多</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>生成参数</translation>
    </message>
    <message>
        <source>The model writes word by word: of the words that could come next, it picks one of the likely ones at random. Here you set how many it picks from, and how boldly. The recommended values suit most texts. A document with a temperature of its own keeps it.</source>
        <translation>模型逐词写作：在接下来可能出现的词里，随机选用一个可能性较大的。这里设定可选的范围和大胆的程度。推荐值适合大多数文稿。文档如有自己的温度，仍以文档为准。</translation>
    </message>
    <message>
        <source>My own values</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Style of writing</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Sets the three values below together.</source>
        <translation>同时设定下面三个数值。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Low: nearly always the likeliest word; sober, sometimes monotonous. High: rarer words get a chance; livelier, sometimes off the point. 0: always the likeliest word.</source>
        <translation>低：几乎总用最可能的词，平实，有时单调。高：少见的词也有机会，更活泼，有时跑题。0：总用最可能的词。</translation>
    </message>
    <message>
        <source>Share of the likely words (top p)</source>
        <translation>候选词的概率总和（top p）</translation>
    </message>
    <message>
        <source>The model picks only among the likeliest words, as many as make up this share of the probability. 1 leaves none out.</source>
        <translation>只从最可能的词中选取，它们的概率合计达到这个比例。1 表示不限制。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Number of likely words (top k)</source>
        <translation>候选词的数量（top k）</translation>
    </message>
    <message>
        <source>The model picks among at most so many words each time.</source>
        <translation>每次最多从这么多个词中选取。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>No setting was found. Try another word.</source>
        <translation>没有找到相关设置，换个词试试。</translation>
    </message>
    <message>
        <source>Reset this page</source>
        <translation>重置此页</translation>
    </message>
    <message>
        <source>Undo changes</source>
        <translation>撤销改动</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Everything is as it was when you opened the settings.</source>
        <translation>一切已恢复到打开设置时的样子。</translation>
    </message>
    <message>
        <source>This page has its default values. “Undo changes” brings back yours.</source>
        <translation>此页已恢复默认。“撤销改动”可以找回原来的设置。</translation>
    </message>
</context>
<context>
    <name>SettingsMenu</name>
    <message>
        <source>The settings could not be saved ({problem}). They hold until you close the app.</source>
        <translation>无法保存设置（{problem}）。关闭应用之前仍然有效。</translation>
    </message>
</context>
<context>
    <name>SpellingPage</name>
    <message>
        <source>Spelling</source>
        <translation>拼写检查</translation>
    </message>
    <message>
        <source>Check spelling</source>
        <translation>启用拼写检查</translation>
    </message>
    <message>
        <source>Misspelt words are underlined; Edit &gt; Spelling goes from one to the next.</source>
        <translation>拼错的词加下划线；“编辑 &gt; 拼写检查”可以逐个查看。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>To add a language, put its dictionary into this folder: two files such as de_DE.aff and de_DE.dic, which come with LibreOffice and Firefox.</source>
        <translation>要添加语言，请把它的词典放进这个文件夹：成对的文件，例如 de_DE.aff 和 de_DE.dic，LibreOffice 和 Firefox 都带有。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>个人词典</translation>
    </message>
    <message>
        <source>These words count as correct in every document.</source>
        <translation>这些词在所有文档中都视为拼写正确。</translation>
    </message>
    <message>
        <source>Another word</source>
        <translation>添加词语</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Same as the document</source>
        <translation>跟随文档</translation>
    </message>
    <message>
        <source>The list of your words could not be saved in {file} ({problem}); it is as it was.</source>
        <translation>无法把个人词典保存到 {file}（{problem}），词典未改动。</translation>
    </message>
</context>
<context>
    <name>WritingPage</name>
    <message>
        <source>Writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>While it writes</source>
        <translation>写作时</translation>
    </message>
    <message>
        <source>Exported files</source>
        <translation>导出文件</translation>
    </message>
    <message>
        <source>Paper size</source>
        <translation>纸张大小</translation>
    </message>
    <message>
        <source>For DOCX files.</source>
        <translation>用于 DOCX 文件。</translation>
    </message>
    <message>
        <source>The usual one in your region</source>
        <translation>按您所在地区的习惯</translation>
    </message>
    <message>
        <source>US Letter</source>
        <translation>美国信纸</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Write with</source>
        <translation>写作所用模型</translation>
    </message>
    <message>
        <source>Used from now on, in the open document, too. Other documents keep the model they were begun with.</source>
        <translation>立即生效，当前文档也改用此模型；其他文档仍用各自原来的模型。</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型管理…</translation>
    </message>
    <message>
        <source>What the model runs on. A change takes effect the next time the model is used.</source>
        <translation>模型在哪里运算。改动在下次用到模型时生效。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Keep the computer awake</source>
        <translation>写作时防止电脑睡眠</translation>
    </message>
    <message>
        <source>It does not go to sleep by itself while the model plans or writes.</source>
        <translation>模型制定计划或写作时，电脑不会自动睡眠。</translation>
    </message>
    <message>
        <source>Tell me when writing ends</source>
        <translation>写完时通知我</translation>
    </message>
    <message>
        <source>If you are in another window, the system shows a notification, which holds none of your text.</source>
        <translation>如果您正在使用其他窗口，系统会显示一条通知，不含您写的文字。</translation>
    </message>
    <message>
        <source>Pause when the battery is below</source>
        <translation>电量低于此值时暂停</translation>
    </message>
    <message>
        <source>Writing pauses before the battery is empty; everything that was written is kept.</source>
        <translation>电池耗尽之前暂停写作，已写的内容都会保留。</translation>
    </message>
    <message>
        <source> %</source>
        <translation>%</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Read ahead while you read</source>
        <translation>空闲时预读</translation>
    </message>
    <message>
        <source>While nothing else goes on, the model reads your text, so that it writes at once when you choose Write.</source>
        <translation>没有别的事时，模型先读您的文字，这样一按写作就能动笔。</translation>
    </message>
    <message>
        <source>Do not read ahead when the battery is below</source>
        <translation>电量低于此值时不预读</translation>
    </message>
    <message>
        <source>Reading ahead uses power.</source>
        <translation>预读会耗电。</translation>
    </message>
    <message>
        <source>always read ahead</source>
        <translation>总是预读</translation>
    </message>
    <message>
        <source>Looking at the model and the computer…</source>
        <translation>正在检测模型和电脑…</translation>
    </message>
    <message>
        <source>Chosen by the app</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Processor only</source>
        <translation>仅用处理器</translation>
    </message>
    <message>
        <source>{device} (not found now)</source>
        <translation>{device}（目前找不到）</translation>
    </message>
</context>
</TS>
