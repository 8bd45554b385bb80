<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BarPlot</name>
    <message>
        <source>1 bar.</source>
        <translation>1 个条形。</translation>
    </message>
    <message>
        <source>{count} bars.</source>
        <translation>{count} 个条形。</translation>
    </message>
</context>
<context>
    <name>ChapterRow</name>
    <message>
        <source>Sections {first}–{last}</source>
        <translation>第 {first}–{last} 节</translation>
    </message>
    <message>
        <source>{count} {status}</source>
        <translation>{count} 节{status}</translation>
    </message>
    <message>
        <source>Chapter {heading}, sections {first} to {last}. {words} of {target} {unit}</source>
        <translation>章：{heading}，第 {first} 至 {last} 节。已写 {words}，目标 {target} {unit}</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>The text in place has changed, so it was compared anew. Choose again.</source>
        <translation>当前正文已有变化，已重新对比。请重新选择。</translation>
    </message>
    <message>
        <source>Version to compare with</source>
        <translation>要对比的版本</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Puts the other version in place as a whole; the present text is kept as a version</source>
        <translation>用另一版本替换整节；当前正文会保留为一个版本</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>与此版本对比</translation>
    </message>
    <message>
        <source>Compare versions of section {number}</source>
        <translation>对比第 {number} 节的版本</translation>
    </message>
    <message>
        <source>There is no other version to compare with. Write the section again, or edit it.</source>
        <translation>没有其他版本可对比。请重新生成这一节，或加以修改。</translation>
    </message>
    <message>
        <source>Choose the side that is to stand in the text: click on it, or press Space.</source>
        <translation>单击或按空格键，选择要放入正文的一侧。</translation>
    </message>
    <message>
        <source>What differs is underlined.</source>
        <translation>有差异的文字带下划线。</translation>
    </message>
    <message>
        <source>Where the two sides are alike, what differs is underlined.</source>
        <translation>两侧相近之处，差异以下划线标出。</translation>
    </message>
    <message>
        <source>Take the whole version</source>
        <translation>采用整个版本</translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation>第 {number} / {count} 版</translation>
    </message>
    <message>
        <source>Take the whole version of {time}</source>
        <translation>采用 {time} 的整个版本</translation>
    </message>
    <message>
        <source>In place now</source>
        <translation>当前正文</translation>
    </message>
    <message>
        <source>Take {count} passages</source>
        <translation>采用 {count} 处</translation>
    </message>
    <message>
        <source>Take 1 passage</source>
        <translation>采用 1 处</translation>
    </message>
    <message>
        <source>The two texts are the same.</source>
        <translation>两份正文相同。</translation>
    </message>
    <message>
        <source>{taken} of {changes} changes are taken: {words} {unit}.</source>
        <translation>{changes} 处差异中已选 {taken} 处：共 {words} {unit}。</translation>
    </message>
    <message>
        <source>What has moved to another place is taken with both places.</source>
        <translation>移到别处的内容，两处会一起采用。</translation>
    </message>
    <message>
        <source>1 passage was taken.</source>
        <translation>已采用 1 处。</translation>
    </message>
    <message>
        <source>{count} passages were taken.</source>
        <translation>已采用 {count} 处。</translation>
    </message>
    <message>
        <source>The whole version of {time} was taken.</source>
        <translation>已采用 {time} 的整个版本。</translation>
    </message>
    <message>
        <source>Nothing was taken: the document cannot be changed now.</source>
        <translation>没有采用任何内容：文档目前不能更改。</translation>
    </message>
    <message>
        <source>{keys} brings the text before it back.</source>
        <translation>按 {keys} 可恢复原来的文字。</translation>
    </message>
</context>
<context>
    <name>ComparisonModel</name>
    <message>
        <source>nothing</source>
        <translation>无内容</translation>
    </message>
    <message>
        <source>The same in both: {text}</source>
        <translation>两边相同：{text}</translation>
    </message>
    <message>
        <source>Change {number} of {count}, {side}: {text}</source>
        <translation>第 {number} 处差异，共 {count} 处，{side}：{text}</translation>
    </message>
    <message>
        <source>Change {number} of {count}, {side}, chosen: {text}</source>
        <translation>第 {number} 处差异，共 {count} 处，{side}，已选：{text}</translation>
    </message>
    <message>
        <source>in place now</source>
        <translation>当前正文</translation>
    </message>
    <message>
        <source>the other version</source>
        <translation>另一版本</translation>
    </message>
    <message>
        <source>Taken together with change {numbers}.</source>
        <translation>与第 {numbers} 处改动一起采用。</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <source>The two texts side by side</source>
        <translation>并排显示的两份正文</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all of this side</source>
        <translation>全选这一侧</translation>
    </message>
</context>
<context>
    <name>DayWords</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>ddd {day}</source>
        <translation>{day} ddd</translation>
    </message>
</context>
<context>
    <name>DaysPage</name>
    <message>
        <source>typed today</source>
        <translation>今天输入</translation>
    </message>
    <message>
        <source>generated today</source>
        <translation>今天生成</translation>
    </message>
    <message>
        <source>at work today</source>
        <translation>今天用时</translation>
    </message>
    <message>
        <source>since this document was opened</source>
        <translation>打开文档以来</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>generated</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Words of each day</source>
        <translation>每天的字数</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>每日字数</translation>
    </message>
    <message>
        <source>no goal</source>
        <translation>不设目标</translation>
    </message>
    <message>
        <source>Goal of the day, in words</source>
        <translation>每日目标字数</translation>
    </message>
    <message>
        <source>Count what the model writes, too</source>
        <translation>也计入模型写的字数</translation>
    </message>
    <message>
        <source>Goal reached</source>
        <translation>目标完成情况</translation>
    </message>
    <message>
        <source>Goal of the day</source>
        <translation>每日目标</translation>
    </message>
    <message>
        <source>{words} words in {time}</source>
        <translation>{words} 字，用时 {time}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{day}: {typed} typed, {generated} generated, {time}</source>
        <translation>{day}：输入 {typed} 字，生成 {generated} 字，用时 {time}</translation>
    </message>
</context>
<context>
    <name>Deed</name>
    <message>
        <source>Add section</source>
        <translation>添加小节</translation>
    </message>
    <message>
        <source>Delete section</source>
        <translation>删除小节</translation>
    </message>
    <message>
        <source>Use version</source>
        <translation>采用版本</translation>
    </message>
    <message>
        <source>Make a plan</source>
        <translation>制定写作计划</translation>
    </message>
    <message>
        <source>Repair the plan</source>
        <translation>修正写作计划</translation>
    </message>
    <message>
        <source>1 target changed</source>
        <translation>更改了 1 个目标字数</translation>
    </message>
    <message>
        <source>{count} targets changed</source>
        <translation>更改了 {count} 个目标字数</translation>
    </message>
    <message>
        <source>1 main point changed</source>
        <translation>更改了 1 个要点</translation>
    </message>
    <message>
        <source>{count} main points changed</source>
        <translation>更改了 {count} 个要点</translation>
    </message>
    <message>
        <source>1 section added</source>
        <translation>增加了 1 个小节</translation>
    </message>
    <message>
        <source>{count} sections added</source>
        <translation>增加了 {count} 个小节</translation>
    </message>
    <message>
        <source>1 section left out</source>
        <translation>去掉了 1 个小节</translation>
    </message>
    <message>
        <source>{count} sections left out</source>
        <translation>去掉了 {count} 个小节</translation>
    </message>
    <message>
        <source>The plan was repaired.</source>
        <translation>写作计划已修正。</translation>
    </message>
    <message>
        <source>The plan was repaired: {what}.</source>
        <translation>写作计划已修正：{what}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Edit instruction</source>
        <translation>修改写作要求</translation>
    </message>
    <message>
        <source>Clean up versions</source>
        <translation>清理版本</translation>
    </message>
    <message>
        <source>Bring section back</source>
        <translation>恢复小节</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Split section</source>
        <translation>拆分小节</translation>
    </message>
    <message>
        <source>Join sections</source>
        <translation>合并小节</translation>
    </message>
    <message>
        <source>Duplicate section</source>
        <translation>复制小节</translation>
    </message>
    <message>
        <source>Duplicate sections</source>
        <translation>复制小节</translation>
    </message>
    <message>
        <source>Move section</source>
        <translation>移动小节</translation>
    </message>
    <message>
        <source>Move sections</source>
        <translation>移动小节</translation>
    </message>
    <message>
        <source>Delete sections</source>
        <translation>删除小节</translation>
    </message>
    <message>
        <source>Lock section</source>
        <translation>锁定小节</translation>
    </message>
    <message>
        <source>Lock sections</source>
        <translation>锁定小节</translation>
    </message>
    <message>
        <source>Unlock section</source>
        <translation>解锁小节</translation>
    </message>
    <message>
        <source>Unlock sections</source>
        <translation>解锁小节</translation>
    </message>
    <message>
        <source>Keep stale sections</source>
        <translation>保留待更新的小节</translation>
    </message>
    <message>
        <source>Change the total</source>
        <translation>修改总字数</translation>
    </message>
    <message>
        <source>Take passages</source>
        <translation>采用段落</translation>
    </message>
</context>
<context>
    <name>FigureLine</name>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
</context>
<context>
    <name>FileSize</name>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
</context>
<context>
    <name>HeadingEditor</name>
    <message>
        <source>Chapter heading</source>
        <translation>章标题</translation>
    </message>
</context>
<context>
    <name>LengthUnit</name>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字</translation>
    </message>
</context>
<context>
    <name>LengthsPage</name>
    <message>
        <source>delivered of asked</source>
        <translation>已写 / 目标</translation>
    </message>
    <message>
        <source>length score of the document</source>
        <translation>全文字数得分</translation>
    </message>
    <message>
        <source>mean score of the sections</source>
        <translation>小节平均得分</translation>
    </message>
    <message>
        <source>sections within 10 % of their target</source>
        <translation>字数偏差在 10% 以内的小节</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已写</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Words delivered and asked for, section by section</source>
        <translation>各小节已写字数与目标字数</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已写</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>Length score</source>
        <translation>字数得分</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>小节列表</translation>
    </message>
    <message>
        <source>{near} of {count}</source>
        <translation>{near} / {count} 节</translation>
    </message>
    <message>
        <source>Chinese characters and Latin words are counted here, without punctuation and figures. A word processor counts these, too, and says {count} for the same text.</source>
        <translation>这里只计汉字和西文单词，不计标点和数字。文字处理软件会把它们也算进去，同样的文字显示为 {count} 字。</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>{status}, locked</source>
        <translation>{status}，已锁定</translation>
    </message>
    <message>
        <source>Section {number}: {words} {unit}</source>
        <translation>第 {number} 节：{words} {unit}</translation>
    </message>
    <message>
        <source>Section {number}: {words} {unit}, score {score}</source>
        <translation>第 {number} 节：{words} {unit}，得分 {score}</translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>OutlineControl</name>
    <message>
        <source>Section {number} is two sections now.</source>
        <translation>第 {number} 节已拆分为两节。</translation>
    </message>
    <message>
        <source>There is no section behind this one, so nothing was joined.</source>
        <translation>这一节后面没有小节，未作合并。</translation>
    </message>
    <message>
        <source>Only sections that stand next to each other can be joined. Move them together first.</source>
        <translation>只有相邻的小节才能合并。请先把它们移到一起。</translation>
    </message>
    <message>
        <source>Section {number} is one section again, as before.</source>
        <translation>第 {number} 节已恢复为拆分前的一节。</translation>
    </message>
    <message>
        <source>Sections {first} to {last} are one section now. Their texts are among its versions.</source>
        <translation>第 {first} 至 {last} 节已合并为一节。各节的原文保存在它的版本中。</translation>
    </message>
    <message>
        <source>None of the chosen sections is stale, so nothing was changed.</source>
        <translation>所选小节都不是待更新，因此没有改动。</translation>
    </message>
    <message>
        <source>Section {number} is no longer marked as stale.</source>
        <translation>第 {number} 节不再标为待更新。</translation>
    </message>
    <message>
        <source>{count} sections are no longer marked as stale.</source>
        <translation>{count} 个小节不再标为待更新。</translation>
    </message>
    <message>
        <source>{count} sections are written; locked ones are left as they are.</source>
        <translation>将写 {count} 节；已锁定的保持原样。</translation>
    </message>
    <message>
        <source>1 section is written; locked ones are left as they are.</source>
        <translation>将写 1 节；已锁定的保持原样。</translation>
    </message>
    <message>
        <source>The plan already has {words} {unit}.</source>
        <translation>写作计划正好已有 {words} {unit}。</translation>
    </message>
    <message>
        <source>No word target could follow: the sections are locked, or too few words are left for them.</source>
        <translation>没有目标字数可以随之调整：小节已锁定，或剩余的字数太少。</translation>
    </message>
    <message>
        <source>The word targets of {count} sections follow, to {words} {unit} in all.</source>
        <translation>{count} 节的目标字数已随之调整，合计 {words} {unit}。</translation>
    </message>
    <message>
        <source>The word target of 1 section follows, to {words} {unit} in all.</source>
        <translation>1 节的目标字数已随之调整，合计 {words} {unit}。</translation>
    </message>
    <message>
        <source>1 locked or finished one keeps its own.</source>
        <translation>1 个已锁定或已写完的小节保持不变。</translation>
    </message>
    <message>
        <source>{count} locked or finished ones keep theirs.</source>
        <translation>{count} 个已锁定或已写完的小节保持不变。</translation>
    </message>
</context>
<context>
    <name>OutlineMenu</name>
    <message>
        <source>Add section</source>
        <translation>添加小节</translation>
    </message>
    <message>
        <source>Delete {count} sections</source>
        <translation>删除 {count} 个小节</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rename chapter</source>
        <translation>重命名本章</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Add section below</source>
        <translation>添加小节</translation>
    </message>
    <message>
        <source>Split at the cursor</source>
        <translation>在光标处拆分</translation>
    </message>
    <message>
        <source>Join {count} sections</source>
        <translation>合并 {count} 个小节</translation>
    </message>
    <message>
        <source>Join with the next</source>
        <translation>与下一节合并</translation>
    </message>
    <message>
        <source>Duplicate {count} sections</source>
        <translation>复制 {count} 个小节</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制小节</translation>
    </message>
    <message>
        <source>Begin a chapter here</source>
        <translation>从此处开始新章</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Write this section only</source>
        <translation>只写此小节</translation>
    </message>
    <message>
        <source>Write this section again</source>
        <translation>重新生成此小节</translation>
    </message>
    <message>
        <source>Write these {count} sections again</source>
        <translation>重新生成这 {count} 个小节</translation>
    </message>
    <message>
        <source>Write these {count} sections only</source>
        <translation>只写这 {count} 个小节</translation>
    </message>
    <message>
        <source>Keep as it is: not stale</source>
        <translation>保留原样，不再待更新</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
</context>
<context>
    <name>OutlineModel</name>
    <message>
        <source>The model kept repeating itself, so the writer stopped here. Write it again, with a direction or another model, or go on by hand.</source>
        <translation>模型不断重复，所以在此停止。可以加上写作指示或换一个模型重新生成，也可以自己接着写。</translation>
    </message>
    <message>
        <source>kept repeating itself</source>
        <translation>内容不断重复</translation>
    </message>
    <message>
        <source>Says in nearly the same words what section {number} says: “{passage}” Write it again, or leave it.</source>
        <translation>与第 {number} 节的说法几乎相同：“{passage}”可以重新生成，也可以保留。</translation>
    </message>
    <message>
        <source>like section {number}</source>
        <translation>与第 {number} 节相似</translation>
    </message>
</context>
<context>
    <name>OutlinePane</name>
    <message>
        <source>Outline panel</source>
        <translation>大纲面板</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Add section</source>
        <translation>添加小节</translation>
    </message>
    <message>
        <source>Add section (Ins)</source>
        <translation>添加小节（Ins）</translation>
    </message>
    <message>
        <source>No plan yet.</source>
        <translation>还没有写作计划。</translation>
    </message>
    <message>
        <source>Make a plan, or add sections of your own: the main point and the number of words of each.</source>
        <translation>可以让模型制定写作计划，也可以自己添加小节，写上各节的要点和字数。</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Words asked for in all</source>
        <translation>目标总字数</translation>
    </message>
    <message>
        <source>The words of the whole document. The sections&apos; word targets follow; locked ones keep theirs.</source>
        <translation>整个文档的字数。各小节的目标字数随之调整，已锁定的不变。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>未设</translation>
    </message>
    <message>
        <source>The plan is being made…</source>
        <translation>正在制定写作计划…</translation>
    </message>
    <message>
        <source>Planned {words}</source>
        <translation>计划 {words}</translation>
    </message>
    <message>
        <source>1 section</source>
        <translation>1 节</translation>
    </message>
    <message>
        <source>{count} sections</source>
        <translation>{count} 节</translation>
    </message>
    <message>
        <source>A document cannot have 0 words. It stays at {words}.</source>
        <translation>文档不能是 0 字，仍为 {words} 字。</translation>
    </message>
</context>
<context>
    <name>OutlineRow</name>
    <message>
        <source>No main point yet</source>
        <translation>还没有要点</translation>
    </message>
    <message>
        <source>aims at {words}</source>
        <translation>将写至约 {words} 字</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Its plan line, or more than a few words above it, changed after it was written. Write it again, or leave it.</source>
        <translation>写好之后，它的要点或前面的正文（不止几个字）又改过。可以重写，也可以保留。</translation>
    </message>
    <message>
        <source>The sections before were longer or shorter than planned, so that the document comes out as asked.</source>
        <translation>前面的小节比计划的长或短，因此相应调整，使全文合乎要求。</translation>
    </message>
    <message>
        <source>Section {number}: {point}. {words} of {target} {unit}</source>
        <translation>第 {number} 节：{point}。已写 {words}，目标 {target} {unit}</translation>
    </message>
    <message>
        <source>no main point yet</source>
        <translation>还没有要点</translation>
    </message>
    <message>
        <source>Chapter {heading}. {section}</source>
        <translation>章：{heading}。{section}</translation>
    </message>
</context>
<context>
    <name>OutlineView</name>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Chapters and sections. F2 edits a row, Shift or Ctrl with the arrow keys chooses several, Alt+Up and Alt+Down move them, Delete deletes them, Left and Right close and open a chapter.</source>
        <translation>章和小节。按 F2 编辑一行，按 Shift 或 Ctrl 加方向键选择多行，按 Alt+↑、Alt+↓ 移动，按 Delete 删除，按 ←、→ 收起或展开一章。</translation>
    </message>
    <message>
        <source>The sections above stand under no heading and would come under this one, so nothing was moved. Give the first of them a heading.</source>
        <translation>上方的小节没有标题，移动后会归入此标题之下，因此未移动。请先为其中第一节添加标题。</translation>
    </message>
    <message>
        <source>{count} sections</source>
        <translation>{count} 节</translation>
    </message>
</context>
<context>
    <name>PlanFindings</name>
    <message>
        <source>Plan check</source>
        <translation>计划检查</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一条</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Repair all</source>
        <translation>全部修正</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>Ask for {words} instead</source>
        <translation>改为要求 {words}</translation>
    </message>
</context>
<context>
    <name>RepetitionPage</name>
    <message>
        <source>Looking through the text…</source>
        <translation>正在检查正文…</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>Repeats section</source>
        <translation>重复的小节</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复内容</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Sections that repeat others</source>
        <translation>内容重复的小节</translation>
    </message>
    <message>
        <source>The repeated text</source>
        <translation>重复的文字</translation>
    </message>
    <message>
        <source>What it repeats</source>
        <translation>所重复的原文</translation>
    </message>
    <message>
        <source>Go to the section</source>
        <translation>转到该节</translation>
    </message>
    <message>
        <source>Go to the other section</source>
        <translation>转到另一节</translation>
    </message>
    <message>
        <source>Stood before</source>
        <translation>前文已有</translation>
    </message>
    <message>
        <source>{percent} % of the sequences of eight words (in Chinese, of twelve characters) stood in the text before.</source>
        <translation>连续八个单词（中文为连续十二个字）的片段中，有 {percent}% 在前文出现过。</translation>
    </message>
    <message>
        <source>No section says in nearly the same words what another one says.</source>
        <translation>没有内容几乎相同的小节。</translation>
    </message>
    <message>
        <source>Go to section {number}</source>
        <translation>转到第 {number} 节</translation>
    </message>
</context>
<context>
    <name>RewritePanel</name>
    <message>
        <source>Rewriting</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>How to rewrite it</source>
        <translation>如何改写</translation>
    </message>
    <message>
        <source>Say what to change, then press Enter: put it into the present tense</source>
        <translation>写下要怎么改，然后按 Enter，例如：改成第一人称</translation>
    </message>
    <message>
        <source>The passage as it stands</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>The new passage</source>
        <translation>改写后的文字</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>The model gave no passage of use. Try again.</source>
        <translation>模型没有给出可用的文字。请再试一次。</translation>
    </message>
    <message>
        <source>As it stands</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>The whole sentence, as no other part fits into it</source>
        <translation>整句（只改其中一部分无法衔接）</translation>
    </message>
    <message>
        <source>Rewriting…</source>
        <translation>正在改写…</translation>
    </message>
    <message>
        <source>New</source>
        <translation>改写后</translation>
    </message>
</context>
<context>
    <name>RewriteWish</name>
    <message>
        <source>shorten</source>
        <translation>精简</translation>
    </message>
    <message>
        <source>expand</source>
        <translation>扩写</translation>
    </message>
    <message>
        <source>say it differently</source>
        <translation>换个说法</translation>
    </message>
    <message>
        <source>formal</source>
        <translation>正式</translation>
    </message>
    <message>
        <source>friendly</source>
        <translation>亲切</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>平实</translation>
    </message>
    <message>
        <source>vivid</source>
        <translation>生动</translation>
    </message>
    <message>
        <source>tone: {tone}</source>
        <translation>语气：{tone}</translation>
    </message>
    <message>
        <source>tone</source>
        <translation>语气</translation>
    </message>
</context>
<context>
    <name>RowsModel</name>
    <message>
        <source>{column}: {text}</source>
        <translation>{column}：{text}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>SectionPanel</name>
    <message>
        <source>Section panel</source>
        <translation>小节面板</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>Locked: the model and Replace leave it as it is. You can still type in it.</source>
        <translation>已锁定：模型和替换功能不会改动本节，您仍可输入。</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>No heading: runs on</source>
        <translation>无标题，接上文</translation>
    </message>
    <message>
        <source>Main point</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>Length score</source>
        <translation>字数得分</translation>
    </message>
    <message>
        <source>100 when the section has just the length that was asked for.</source>
        <translation>小节的字数与目标完全一致时为 100 分。</translation>
    </message>
    <message>
        <source>Direction for the writer</source>
        <translation>写作指示</translation>
    </message>
    <message>
        <source>For example: begin with a scene. No list.</source>
        <translation>例如：从一个场景写起，不用列表。</translation>
    </message>
    <message>
        <source>The plan is being made. When it is there, you see here what each section is to be.</source>
        <translation>正在制定写作计划。完成后，这里会显示每一节要写的内容。</translation>
    </message>
    <message>
        <source>Choose a section to see its main point, its word target and its versions.</source>
        <translation>选择一个小节，查看它的要点、目标字数和版本。</translation>
    </message>
    <message>
        <source>Unlock: the model and Replace may change it again</source>
        <translation>解锁：模型和替换功能可再次修改本节</translation>
    </message>
    <message>
        <source>Lock: the model and Replace leave it as it is; you can still type in it</source>
        <translation>锁定：模型和替换功能不会改动本节，您仍可输入</translation>
    </message>
    <message>
        <source>Word target</source>
        <translation>目标字数</translation>
    </message>
    <message>
        <source>Section {number}</source>
        <translation>第 {number} 节</translation>
    </message>
    <message>
        <source>Unlock section</source>
        <translation>解锁小节</translation>
    </message>
    <message>
        <source>Lock section</source>
        <translation>锁定小节</translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>&amp;Lengths</source>
        <translation>字数(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Repetition</source>
        <translation>重复(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Days and goal</source>
        <translation>每日字数(&amp;D)</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Writing days</source>
        <translation>每日字数</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>{title} statistics</source>
        <translation>{title} 统计</translation>
    </message>
    <message>
        <source>CSV tables</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>已保存为 {path}。</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>planned</source>
        <translation>待写</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>写作中</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>未写完</translation>
    </message>
    <message>
        <source>written</source>
        <translation>已写完</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>待更新</translation>
    </message>
</context>
<context>
    <name>StepEditor</name>
    <message>
        <source>Main point</source>
        <translation>要点</translation>
    </message>
</context>
<context>
    <name>SummaryField</name>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Stands for this section where the text is too long for the model to read.</source>
        <translation>正文太长、模型读不下时，用它代替本节。</translation>
    </message>
    <message>
        <source>Summary for the model</source>
        <translation>供模型使用的摘要</translation>
    </message>
    <message>
        <source>Empty: the model makes one when it needs it.</source>
        <translation>留空：需要时由模型生成。</translation>
    </message>
</context>
<context>
    <name>Version</name>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>手动修改</translation>
    </message>
    <message>
        <source>“{direction}”</source>
        <translation>“{direction}”</translation>
    </message>
    <message>
        <source>generated</source>
        <translation>模型生成</translation>
    </message>
    <message>
        <source>temperature {value}</source>
        <translation>温度 {value}</translation>
    </message>
    <message>
        <source>Edited by hand.</source>
        <translation>手动修改。</translation>
    </message>
    <message>
        <source>Written by a model</source>
        <translation>由模型写成</translation>
    </message>
    <message>
        <source>Written by {model}</source>
        <translation>由 {model} 写成</translation>
    </message>
    <message>
        <source>seed {number}</source>
        <translation>种子 {number}</translation>
    </message>
    <message>
        <source>{how}.</source>
        <translation>{how}。</translation>
    </message>
    <message>
        <source>Direction: {direction} {how}.</source>
        <translation>写作指示：{direction}{how}。</translation>
    </message>
    <message>
        <source>Direction: {direction}. {how}.</source>
        <translation>写作指示：{direction}。{how}。</translation>
    </message>
</context>
<context>
    <name>VersionBrowser</name>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Older version</source>
        <translation>较早的版本</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>较新的版本</translation>
    </message>
    <message>
        <source>Text of this version</source>
        <translation>此版本的正文</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>采用此版本</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>对比…</translation>
    </message>
    <message>
        <source>Shows two versions side by side, to take all or single passages</source>
        <translation>并排显示两个版本，可全部或逐处采用</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Writes the section anew, by its direction; the present text stays among its versions</source>
        <translation>按写作指示重新生成这一节；当前正文保留在版本中</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>写备选稿</translation>
    </message>
    <message>
        <source>Writes three texts at the same time, to choose from among the versions</source>
        <translation>同时写三份备选稿，可在版本中挑选</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>1 version, none in place</source>
        <translation>1 个版本，均未采用</translation>
    </message>
    <message>
        <source>{count} versions, none in place</source>
        <translation>{count} 个版本，均未采用</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} / {count} 版</translation>
    </message>
    <message>
        <source>Alternative {number} · being written · {words}</source>
        <translation>备选稿 {number} · 写作中 · {words}</translation>
    </message>
    <message>
        <source>It is among the versions as soon as it is done.</source>
        <translation>写完后即列入版本。</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未写完</translation>
    </message>
</context>
<context>
    <name>VersionCleanupDialog</name>
    <message>
        <source>Clean up versions</source>
        <translation>清理版本</translation>
    </message>
    <message>
        <source>Section {number}</source>
        <translation>第 {number} 节</translation>
    </message>
    <message>
        <source>The section in hand</source>
        <translation>当前小节</translation>
    </message>
    <message>
        <source>All sections</source>
        <translation>所有小节</translation>
    </message>
    <message>
        <source>Newest versions that are kept of each section</source>
        <translation>每节保留的最新版本数</translation>
    </message>
    <message>
        <source>Keep of each section, beside the text that stands in it, the newest</source>
        <translation>除当前正文外，每节保留最新的版本数</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Versions now: {before}, afterwards: {after}. What stands in the text is not changed.</source>
        <translation>现有版本：{before} 个，清理后：{after} 个。正文不会改动。</translation>
    </message>
    <message>
        <source>Nothing to delete</source>
        <translation>没有可删除的</translation>
    </message>
    <message>
        <source>Delete 1 version</source>
        <translation>删除 1 个版本</translation>
    </message>
    <message>
        <source>Delete {count} versions</source>
        <translation>删除 {count} 个版本</translation>
    </message>
</context>
<context>
    <name>WordTargetField</name>
    <message>
        <source>Word target</source>
        <translation>目标字数</translation>
    </message>
    <message>
        <source>Whole numbers up to {most} only; the rest was not taken.</source>
        <translation>只能填不超过 {most} 的整数，其余内容未采用。</translation>
    </message>
</context>
</TS>
