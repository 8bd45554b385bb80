<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About LongWriter Desktop</source>
        <translation>关于 LongWriter Desktop</translation>
    </message>
    <message>
        <source>Plan, write and export long documents with a language model on your own computer. Everything stays on this computer. Apache License 2.0. The method is AgentWrite, from “LongWriter: Unleashing 10,000+ Word Generation from Long Context LLMs” (Bai et al., 2024).</source>
        <translation>用自己电脑上的语言模型规划、写作并导出长文档。所有内容都留在这台电脑上。采用 Apache License 2.0 许可。写作方法是 AgentWrite，出自论文“LongWriter: Unleashing 10,000+ Word Generation from Long Context LLMs”（Bai 等，2024）。</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>What the app is made of</source>
        <translation>本应用的组成部分</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可协议</translation>
    </message>
    <message>
        <source>&amp;Copy versions</source>
        <translation>复制版本信息(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The text of this licence is not among the installed files. It can be read at https://spdx.org/licenses/ under “{licence}”.</source>
        <translation>已安装的文件里没有这份许可协议的全文。可以到 https://spdx.org/licenses/ 查看“{licence}”。</translation>
    </message>
    <message>
        <source>LongWriter’s prompts (THU-KEG)</source>
        <translation>LongWriter 提示词（THU-KEG）</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Start page</source>
        <translation>起始页</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Find, rewrite, section panel</source>
        <translation>查找、改写、小节面板</translation>
    </message>
    <message>
        <source>Comparing versions</source>
        <translation>版本对比</translation>
    </message>
    <message>
        <source>Plot of the statistics</source>
        <translation>统计图</translation>
    </message>
    <message>
        <source>Make a plan</source>
        <translation>制定写作计划</translation>
    </message>
    <message>
        <source>Next place of a template to fill in</source>
        <translation>跳到模板的下一个待填处</translation>
    </message>
    <message>
        <source>Other templates and examples</source>
        <translation>切换模板和示例</translation>
    </message>
    <message>
        <source>Open a recent document</source>
        <translation>打开最近的文档</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Edit main point and word target</source>
        <translation>编辑要点和目标字数</translation>
    </message>
    <message>
        <source>Add a section below</source>
        <translation>添加小节</translation>
    </message>
    <message>
        <source>Delete the chosen sections</source>
        <translation>删除选中的小节</translation>
    </message>
    <message>
        <source>Move the chosen sections</source>
        <translation>移动选中的小节</translation>
    </message>
    <message>
        <source>Choose several sections</source>
        <translation>选择多个小节</translation>
    </message>
    <message>
        <source>Choose only one again</source>
        <translation>恢复只选一个</translation>
    </message>
    <message>
        <source>Close or open a chapter</source>
        <translation>收起或展开一章</translation>
    </message>
    <message>
        <source>Next, previous place that was found</source>
        <translation>下一处、上一处匹配</translation>
    </message>
    <message>
        <source>Replace, in the field for it</source>
        <translation>在替换框中：替换</translation>
    </message>
    <message>
        <source>Take over the main point</source>
        <translation>确认要点</translation>
    </message>
    <message>
        <source>Close the bar, the panel or a notice</source>
        <translation>关闭查找栏、面板或提示</translation>
    </message>
    <message>
        <source>Next, previous change</source>
        <translation>下一处、上一处差异</translation>
    </message>
    <message>
        <source>Choose the side of a change</source>
        <translation>选择采用哪一侧</translation>
    </message>
    <message>
        <source>Next, previous section</source>
        <translation>下一个、上一个小节</translation>
    </message>
    <message>
        <source>First, last section</source>
        <translation>第一个、最后一个小节</translation>
    </message>
    <message>
        <source>Go to the section</source>
        <translation>转到该小节</translation>
    </message>
    <message>
        <source>Write or pause</source>
        <translation>写作或暂停</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Look for a key or what it does</source>
        <translation>搜索快捷键或功能</translation>
    </message>
    <message>
        <source>No key has to do with that. Try another word.</source>
        <translation>没有相关的快捷键，换个词试试。</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Recent documents</source>
        <translation>最近的文档</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message>
        <source>This makes a folder with the app’s logs and versions, its settings for the model, the names of your models, what it knows of this computer, and a page on which you write what happened. No word of your documents is in it, nor their names; your home folder is written as “~”.

Nothing is sent. You look through the folder, and give it to whom you like.</source>
        <translation>将创建一个文件夹，里面有应用的日志和版本、模型设置、您的模型名称、这台电脑的基本情况，还有一页供您写下发生了什么。其中没有文档的任何内容，也没有文档名；主文件夹写作“~”。

不会发送任何内容。您可以先查看这个文件夹，再决定交给谁。</translation>
    </message>
    <message>
        <source>&amp;Make the folder</source>
        <translation>创建文件夹(&amp;M)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The path is copied:
{folder}</source>
        <translation>路径已复制：
{folder}</translation>
    </message>
    <message>
        <source>Asking llama.cpp and the system, and copying the logs…</source>
        <translation>正在查询 llama.cpp 和系统，并复制日志…</translation>
    </message>
    <message>
        <source>What happened.txt</source>
        <translation>发生了什么.txt</translation>
    </message>
    <message>
        <source>What did you do before it happened?


What did you expect?


What happened instead?


Does it happen again when you do the same?


----
The other files here were made by LongWriter Desktop on this computer: doctor.txt says what the app runs on, the .log files hold errors and places in the app&apos;s code. No word of your documents is in them. Look through them before you pass the folder on. Nothing was sent.
</source>
        <translation>问题出现之前，您做了什么？


您原本期望的结果是什么？


实际发生了什么？


再做一次，还会出现吗？


----
这里的其他文件由 LongWriter Desktop 在这台电脑上生成：doctor.txt 说明应用的运行环境，.log 文件记录错误及其在程序代码中的位置。其中没有文档的任何内容。交给别人之前请先看一遍。没有发送任何内容。
</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The folder is made:
{folder}

Write into “What happened” what went wrong. Nothing was sent.</source>
        <translation>文件夹已创建：
{folder}

请在“发生了什么”里写下遇到的问题。没有发送任何内容。</translation>
    </message>
    <message>
        <source>This system names no program that shows folders. You find it here:
{folder}</source>
        <translation>无法打开文件夹，它在：
{folder}</translation>
    </message>
    <message>
        <source>&amp;Copy the path</source>
        <translation>复制路径(&amp;C)</translation>
    </message>
</context>
<context>
    <name>ReportFolder</name>
    <message>
        <source>The report could not be written to {folder}: {reason}. Nothing was changed. Make room there, then try again.</source>
        <translation>无法把报告写入 {folder}：{reason}。没有改动任何内容。请在那里腾出空间，然后重试。</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>What would you like to write?</source>
        <translation>想写点什么？</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Make a plan</source>
        <translation>制定写作计划</translation>
    </message>
    <message>
        <source>Start with my own outline</source>
        <translation>用自己的大纲开始</translation>
    </message>
    <message>
        <source>You edit the plan before a word is written.</source>
        <translation>动笔之前，您可以先修改计划。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>New here? Open the guided document</source>
        <translation>第一次使用？打开入门文档</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Auto: {language}</source>
        <translation>自动：{language}</translation>
    </message>
    <message>
        <source>Say what it is about, for whom, how long and in what tone. For example: {example}</source>
        <translation>写什么、给谁看、写多长、什么语气，用自己的话说清楚就行。例如：{example}</translation>
    </message>
    <message>
        <source>What you had typed has made room for this text.</source>
        <translation>您输入的内容已被这段文字替换。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Fill in what still stands in brackets, or delete it; Tab goes from one place to the next.</source>
        <translation>【】里还有没填的内容，请填写或删掉；按 Tab 跳到下一处。</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>模型管理…</translation>
    </message>
    <message>
        <source>See more models…</source>
        <translation>模型管理…</translation>
    </message>
    <message>
        <source>Nothing can be written without a model. Choose one that fits this computer; what you type here stays. Without a network, a GGUF file from a disk or stick will do: drop it on this window.</source>
        <translation>没有模型就无法写作。请选一个适合这台电脑的模型，这里输入的内容会保留。没有网络时，也可以把硬盘或 U 盘上的 GGUF 文件拖到这个窗口。</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>{title} was not made for {language}: what it writes there will be poor. Choose a model for {language}.</source>
        <translation>{title} 不是为{language}训练的，写出来的{language}质量会很差。请换一个适合{language}的模型。</translation>
    </message>
    <message>
        <source>This small model comes with the app and is for trying things out. LongWriter-8B is the one for writing, where the computer has the memory for it.</source>
        <translation>这个随应用附带的小模型只供试用。电脑内存足够时，正式写作请用 LongWriter-8B。</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Essay</source>
        <translation>议论文</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Short story</source>
        <translation>短篇小说</translation>
    </message>
    <message>
        <source>Novel chapter</source>
        <translation>小说章节</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>论文</translation>
    </message>
</context>
<context>
    <name>TemplatesRow</name>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
</context>
</TS>
