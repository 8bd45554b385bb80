<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BackupsDialog</name>
    <message>
        <source>Underlined: only in the backup. Struck out: only in the document as it is now.</source>
        <translation>下划线：仅备份中有。删除线：仅当前文档中有。</translation>
    </message>
    <message>
        <source>There is no backup yet. The app makes one when a document is opened, and every few minutes while it changes.</source>
        <translation>还没有备份。打开文档时会自动备份，文档有改动时每隔几分钟再备份一次。</translation>
    </message>
    <message>
        <source>There is no backup. Backups are turned off in Settings &gt; Folders.</source>
        <translation>没有备份。备份已在“设置 &gt; 文件夹”中关闭。</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Text of this backup</source>
        <translation>此备份的正文</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Open as a copy</source>
        <translation>以副本打开</translation>
    </message>
    <message>
        <source>Makes a new document of this backup; the present one stays as it is</source>
        <translation>用此备份新建一份文档，当前文档保持不变</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Puts this text in place; the present one is backed up first, and Undo brings it back</source>
        <translation>用此备份替换当前正文；替换前先备份当前正文，也可用“撤销”恢复</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>This backup could not be shown; this is a fault of the app. Details are in the log.</source>
        <translation>无法显示此备份，这是程序的错误。详情见日志。</translation>
    </message>
    <message>
        <source>{length}. It lay in {path}.</source>
        <translation>{length}。原位置：{path}。</translation>
    </message>
    <message>
        <source>{length}, now {now}. {legend}</source>
        <translation>{length}，现为 {now}。{legend}</translation>
    </message>
    <message>
        <source>{length}. The text is the same as now.</source>
        <translation>{length}。与当前正文相同。</translation>
    </message>
</context>
<context>
    <name>BackupsMenu</name>
    <message>
        <source>Something went wrong with backups; this is a fault of the app. Details are in the log.</source>
        <translation>备份出了点问题，这是程序的错误。详情见日志。</translation>
    </message>
    <message>
        <source>Open the backup of {when}</source>
        <translation>打开备份（{when}）</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>The document is as it was {when}.</source>
        <translation>文档已恢复到{when}的状态。</translation>
    </message>
    <message>
        <source>Restore backup</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>The document is as it was when it was opened; nothing was changed.</source>
        <translation>文档与打开时一致，未作更改。</translation>
    </message>
    <message>
        <source>The document is as it was opened, {when}.</source>
        <translation>文档已恢复到打开时（{when}）的状态。</translation>
    </message>
    <message>
        <source>Revert to last opened</source>
        <translation>恢复到打开时的状态</translation>
    </message>
    <message>
        <source>{done} What was written since is kept; Undo brings it back.</source>
        <translation>{done}之后写的内容已保留，“撤销”可恢复。</translation>
    </message>
    <message>
        <source>{done} What was written since is kept. The state before could not be backed up; its texts are among the versions.</source>
        <translation>{done}此后所写的内容已保留。恢复前的状态未能备份，其正文保存在各小节的版本中。</translation>
    </message>
</context>
<context>
    <name>BatteryWatch</name>
    <message>
        <source>Writing is paused, because the battery is at {percent} %. Everything that was written is kept. Plug the computer in, then press Go on.</source>
        <translation>电量只剩 {percent}%，写作已暂停。已写内容均已保留。请接通电源，然后点击“继续写作”。</translation>
    </message>
    <message>
        <source>The battery is at {percent} %. Writing goes on as you asked; should the computer switch off, everything up to there is kept.</source>
        <translation>电量为 {percent}%。写作按您的要求继续；即使电脑关机，此前的内容也会保留。</translation>
    </message>
    <message>
        <source>battery at {percent} %</source>
        <translation>电量 {percent}%</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>仍然继续</translation>
    </message>
</context>
<context>
    <name>BugHook</name>
    <message>
        <source>Something went wrong; this is a fault of the app. The document is kept. You can go on; details are in {log}.</source>
        <translation>出了点问题，这是程序的错误。文档已保留，您可以继续使用；详情见 {log}。</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>Section {number} has no other version yet. Write it again to have one.</source>
        <translation>第 {number} 节还没有其他版本。重新生成后即可对比。</translation>
    </message>
</context>
<context>
    <name>DocumentFile</name>
    <message>
        <source>“{path}” is not saved yet: its disk does not answer.</source>
        <translation>“{path}”尚未保存：磁盘没有响应。</translation>
    </message>
    <message>
        <source>{problem} It could not be kept in the app&apos;s own folder either: the newest text is in this window alone.</source>
        <translation>{problem}也无法保存到程序自己的文件夹：最新的内容只在此窗口中。</translation>
    </message>
    <message>
        <source>{problem} Until it is saved, the newest text is kept in the app&apos;s own folder.</source>
        <translation>{problem}在保存之前，最新的内容暂存在程序自己的文件夹中。</translation>
    </message>
    <message>
        <source>The app did not close this document properly last time. All that was saved until {time} is here.</source>
        <translation>上次没有正常关闭此文档，已恢复到 {time} 保存的内容。</translation>
    </message>
    <message>
        <source>The disk of “{path}” has no locks: do not open it on two computers at the same time.</source>
        <translation>“{path}”所在的磁盘不支持文件锁：请勿在两台电脑上同时打开。</translation>
    </message>
    <message>
        <source>The app&apos;s own folder has no locks ({cause}): another window with this document is noticed only when it saves.</source>
        <translation>程序自己的文件夹不支持文件锁（{cause}）：如果另一个窗口也打开了此文档，要到它保存时才能发现。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read: {cause}. No document was made.</source>
        <translation>无法读取文件夹 {folder}：{cause}。未新建文档。</translation>
    </message>
</context>
<context>
    <name>EditedDocument</name>
    <message>
        <source>Edit main point</source>
        <translation>编辑要点</translation>
    </message>
    <message>
        <source>Edit word target</source>
        <translation>编辑目标字数</translation>
    </message>
    <message>
        <source>Edit heading</source>
        <translation>编辑标题</translation>
    </message>
    <message>
        <source>Edit direction</source>
        <translation>编辑写作指示</translation>
    </message>
    <message>
        <source>Edit summary</source>
        <translation>编辑摘要</translation>
    </message>
    <message>
        <source>Unlock section</source>
        <translation>解锁小节</translation>
    </message>
    <message>
        <source>Lock section</source>
        <translation>锁定小节</translation>
    </message>
    <message>
        <source>Section {number} was deleted. Write &gt; Deleted sections brings it back.</source>
        <translation>第 {number} 节已删除，可在“写作 &gt; 已删除的小节”中恢复。</translation>
    </message>
    <message>
        <source>{count} sections were deleted. Write &gt; Deleted sections brings them back.</source>
        <translation>已删除 {count} 个小节，可在“写作 &gt; 已删除的小节”中恢复。</translation>
    </message>
    <message>
        <source>1 version was deleted.</source>
        <translation>已删除 1 个版本。</translation>
    </message>
    <message>
        <source>{count} versions were deleted.</source>
        <translation>已删除 {count} 个版本。</translation>
    </message>
    <message>
        <source>The section was deleted for good.</source>
        <translation>该小节已彻底删除。</translation>
    </message>
    <message>
        <source>{count} sections were deleted for good.</source>
        <translation>已彻底删除 {count} 个小节。</translation>
    </message>
    <message>
        <source>Something else has changed there since. Edit &gt; Undo takes back one thing after another.</source>
        <translation>此后那里又有改动。请用“编辑 &gt; 撤销”逐步撤销。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>EndNotification</name>
    <message>
        <source>The writing is done.</source>
        <translation>写作已完成。</translation>
    </message>
    <message>
        <source>The plan is made.</source>
        <translation>写作计划已制定。</translation>
    </message>
    <message>
        <source>The writing has stopped. The window says why.</source>
        <translation>写作已停止，原因见窗口。</translation>
    </message>
    <message>
        <source>Planning has stopped. The window says why.</source>
        <translation>已停止制定计划，原因见窗口。</translation>
    </message>
    <message>
        <source>The writing is paused: the battery is low.</source>
        <translation>写作已暂停：电量不足。</translation>
    </message>
</context>
<context>
    <name>ExportMenu</name>
    <message>
        <source>The document is open for reading only, so there is nothing to save.</source>
        <translation>文档以只读方式打开，无需保存。</translation>
    </message>
    <message>
        <source>Saved. Everything is kept as you type.</source>
        <translation>已保存。您输入的内容会随时自动保存。</translation>
    </message>
    <message>
        <source>The document could not be saved in time.</source>
        <translation>文档未能及时保存。</translation>
    </message>
    <message>
        <source>A copy was saved as {path}.</source>
        <translation>副本已保存为 {path}。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Exported to {path}.</source>
        <translation>已导出到 {path}。</translation>
    </message>
    <message>
        <source>This system names no program that opens {name}. It is in {folder}.</source>
        <translation>系统中没有可打开 {name} 的程序。文件位于 {folder}。</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>{name} was not written; this is a fault of the app. The document is safe. Try another format, or report what the log says.</source>
        <translation>{name} 未能写出，这是程序的错误。文档安全无恙。请换一种格式，或把日志内容报告给我们。</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open a document</source>
        <translation>打开文档</translation>
    </message>
    <message>
        <source>LongWriter documents (*.longwriter *.json);;All files (*)</source>
        <translation>LongWriter 文档 (*.longwriter *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF 模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>LongWriter documents (*.longwriter)</source>
        <translation>LongWriter 文档 (*.longwriter)</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>There is a file “{name}” already. Replace it?</source>
        <translation>已有文件“{name}”。要替换它吗？</translation>
    </message>
    <message>
        <source>Discard kept text</source>
        <translation>丢弃暂存内容</translation>
    </message>
    <message>
        <source>Delete the kept text of “{title}” for good? It is saved nowhere else.</source>
        <translation>要彻底删除“{title}”的暂存内容吗？别处没有保存。</translation>
    </message>
    <message>
        <source>The document is to be as it was opened, {when}: it had {words} words then, {lost} fewer than now. Undo brings them back.</source>
        <translation>文档将恢复到{when}打开时的样子：当时有 {words} 字，比现在少 {lost} 字。可以撤销。</translation>
    </message>
    <message>
        <source>Revert to last opened</source>
        <translation>恢复到打开时的状态</translation>
    </message>
    <message>
        <source>The document is not saved</source>
        <translation>文档未保存</translation>
    </message>
    <message>
        <source>The newest text is kept in the app&apos;s own folder. When you close, the next start offers to recover it.</source>
        <translation>最新的内容暂存在程序自己的文件夹中。关闭后，下次启动时可以恢复。</translation>
    </message>
    <message>
        <source>The newest text is only in this window. Save it in another place?</source>
        <translation>最新的内容只在此窗口中。要保存到其他位置吗？</translation>
    </message>
    <message>
        <source>Save in another place…</source>
        <translation>保存到其他位置…</translation>
    </message>
    <message>
        <source>Close, recover later</source>
        <translation>关闭，以后恢复</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存，直接关闭</translation>
    </message>
</context>
<context>
    <name>GoingOn</name>
    <message>
        <source>Section {number} of {count} is not finished; “Go on” writes on from its last word.</source>
        <translation>第 {number} 节（共 {count} 节）尚未写完，点击“继续写作”即可接着写。</translation>
    </message>
    <message>
        <source>Section {number} of {count} is not written yet; “Go on” writes on there.</source>
        <translation>第 {number} 节（共 {count} 节）尚未写，点击“继续写作”将从该节写起。</translation>
    </message>
</context>
<context>
    <name>InstructionDialog</name>
    <message>
        <source>What is written stays. The next plan and the next sections follow the new instruction.</source>
        <translation>已写内容保持不变。之后的写作计划和小节将按新的写作要求生成。</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>写作要求</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>KeyNames</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>LanguageSwitch</name>
    <message>
        <source>The language changes as soon as the model has paused or finished, no download goes on, everything is saved, and all dialogs but the settings are closed.</source>
        <translation>待模型暂停或完成、下载结束、内容全部保存，且除设置外的对话框都已关闭后，即切换语言。</translation>
    </message>
    <message>
        <source>The window is in another language now. Undo begins anew; earlier texts are among the versions.</source>
        <translation>界面语言已切换。撤销记录重新开始，之前的正文保存在版本中。</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>保加利亚语</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>加泰罗尼亚语</translation>
    </message>
    <message>
        <source>Croatian</source>
        <translation>克罗地亚语</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>捷克语</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>丹麦语</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷兰语</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Esperanto</source>
        <translation>世界语</translation>
    </message>
    <message>
        <source>Estonian</source>
        <translation>爱沙尼亚语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊语</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来语</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>印地语</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>匈牙利语</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>印度尼西亚语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>Latvian</source>
        <translation>拉脱维亚语</translation>
    </message>
    <message>
        <source>Lithuanian</source>
        <translation>立陶宛语</translation>
    </message>
    <message>
        <source>Mongolian</source>
        <translation>蒙古语</translation>
    </message>
    <message>
        <source>Norwegian Bokmål</source>
        <translation>书面挪威语</translation>
    </message>
    <message>
        <source>Norwegian Nynorsk</source>
        <translation>新挪威语</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>波兰语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>罗马尼亚语</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>Serbian</source>
        <translation>塞尔维亚语</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>斯洛伐克语</translation>
    </message>
    <message>
        <source>Slovenian</source>
        <translation>斯洛文尼亚语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>瑞典语</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰语</translation>
    </message>
    <message>
        <source>Tibetan</source>
        <translation>藏语</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其语</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>乌克兰语</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>越南语</translation>
    </message>
    <message>
        <source>Argentina</source>
        <translation>阿根廷</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>澳大利亚</translation>
    </message>
    <message>
        <source>Austria</source>
        <translation>奥地利</translation>
    </message>
    <message>
        <source>Belgium</source>
        <translation>比利时</translation>
    </message>
    <message>
        <source>Brazil</source>
        <translation>巴西</translation>
    </message>
    <message>
        <source>Canada</source>
        <translation>加拿大</translation>
    </message>
    <message>
        <source>France</source>
        <translation>法国</translation>
    </message>
    <message>
        <source>Germany</source>
        <translation>德国</translation>
    </message>
    <message>
        <source>India</source>
        <translation>印度</translation>
    </message>
    <message>
        <source>Ireland</source>
        <translation>爱尔兰</translation>
    </message>
    <message>
        <source>Italy</source>
        <translation>意大利</translation>
    </message>
    <message>
        <source>Mexico</source>
        <translation>墨西哥</translation>
    </message>
    <message>
        <source>Netherlands</source>
        <translation>荷兰</translation>
    </message>
    <message>
        <source>New Zealand</source>
        <translation>新西兰</translation>
    </message>
    <message>
        <source>Portugal</source>
        <translation>葡萄牙</translation>
    </message>
    <message>
        <source>Russia</source>
        <translation>俄罗斯</translation>
    </message>
    <message>
        <source>South Africa</source>
        <translation>南非</translation>
    </message>
    <message>
        <source>Spain</source>
        <translation>西班牙</translation>
    </message>
    <message>
        <source>Switzerland</source>
        <translation>瑞士</translation>
    </message>
    <message>
        <source>United Kingdom</source>
        <translation>英国</translation>
    </message>
    <message>
        <source>United States</source>
        <translation>美国</translation>
    </message>
</context>
<context>
    <name>LettingGo</name>
    <message>
        <source>The document could not be saved in time.</source>
        <translation>文档未能及时保存。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{problem} Until then it is written with the model shown below.</source>
        <translation>{problem}在此之前，将使用下方显示的模型写作。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Dim all but the &amp;paragraph</source>
        <translation>突出当前段落(&amp;P)</translation>
    </message>
    <message>
        <source>Dim all but the &amp;sentence</source>
        <translation>突出当前句子(&amp;S)</translation>
    </message>
    <message>
        <source>Dim &amp;nothing</source>
        <translation>不淡化其他文字(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Section</source>
        <translation>小节(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>写作(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>M&amp;odels…</source>
        <translation>模型管理(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;a copy…</source>
        <translation>保存副本(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Backups…</source>
        <translation>备份(&amp;B)…</translation>
    </message>
    <message>
        <source>Re&amp;vert to last opened</source>
        <translation>恢复到打开时的状态(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Close document</source>
        <translation>关闭文档(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
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
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Rep&amp;lace…</source>
        <translation>替换(&amp;L)…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>查找下一个(&amp;N)</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>查找上一个(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Spelling</source>
        <translation>拼写检查(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Check spelling</source>
        <translation>启用拼写检查(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Next misspelt word</source>
        <translation>下一个拼写错误(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Suggestions at the cursor</source>
        <translation>光标处的拼写建议(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>设置(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation>大纲(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Section panel</source>
        <translation>小节面板(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>下一个面板(&amp;N)</translation>
    </message>
    <message>
        <source>Go to outl&amp;ine</source>
        <translation>转到大纲(&amp;I)</translation>
    </message>
    <message>
        <source>Go to &amp;manuscript</source>
        <translation>转到正文(&amp;M)</translation>
    </message>
    <message>
        <source>Go to s&amp;ection panel</source>
        <translation>转到小节面板(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>Smalle&amp;r text</source>
        <translation>缩小文字(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Usual size</source>
        <translation>恢复默认大小(&amp;U)</translation>
    </message>
    <message>
        <source>St&amp;atistics</source>
        <translation>统计(&amp;A)</translation>
    </message>
    <message>
        <source>Mar&amp;k generated, edited and own text</source>
        <translation>在页边标出文字来源(&amp;K)</translation>
    </message>
    <message>
        <source>Fo&amp;cus</source>
        <translation>专注模式(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Focus mode</source>
        <translation>启用专注模式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keep the line in the middle</source>
        <translation>打字机模式(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Add section</source>
        <translation>添加小节(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Split at the cursor</source>
        <translation>在光标处拆分(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Join chosen sections, or with the next</source>
        <translation>合并所选小节，或与下一节合并(&amp;J)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>复制小节(&amp;U)</translation>
    </message>
    <message>
        <source>Mo&amp;ve up</source>
        <translation>上移(&amp;V)</translation>
    </message>
    <message>
        <source>Move do&amp;wn</source>
        <translation>下移(&amp;W)</translation>
    </message>
    <message>
        <source>Begin a &amp;chapter here</source>
        <translation>从此处开始新章(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Lock or unlock</source>
        <translation>锁定或解锁(&amp;L)</translation>
    </message>
    <message>
        <source>Keep as it is: not s&amp;tale</source>
        <translation>保留原样，不再待更新(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Deleted sectio&amp;ns…</source>
        <translation>已删除的小节(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Instruction…</source>
        <translation>写作要求(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Make a plan</source>
        <translation>制定写作计划(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <comment>begins</comment>
        <translation>开始写作(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Write this section &amp;again</source>
        <translation>重新生成此小节(&amp;A)</translation>
    </message>
    <message>
        <source>Write this section &amp;only</source>
        <translation>只写此小节(&amp;O)</translation>
    </message>
    <message>
        <source>Write &amp;from here on</source>
        <translation>从此处开始写(&amp;F)</translation>
    </message>
    <message>
        <source>Write a&amp;lternatives of this section</source>
        <translation>为此小节写备选稿(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Compare versions of this section…</source>
        <translation>对比此小节的版本(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Rewrite stale sections</source>
        <translation>重新生成待更新的小节(&amp;R)</translation>
    </message>
    <message>
        <source>Write all sections at the same &amp;time</source>
        <translation>同时写所有小节(&amp;T)</translation>
    </message>
    <message>
        <source>Faster, but the text is about 6 % less coherent.</source>
        <translation>更快，但连贯性约低 6%。</translation>
    </message>
    <message>
        <source>&amp;Go on writing</source>
        <translation>继续写作(&amp;W)</translation>
    </message>
    <message>
        <source>Rewrite s&amp;election</source>
        <translation>改写所选文字(&amp;E)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>As &amp;I ask…</source>
        <translation>按我的要求(&amp;I)…</translation>
    </message>
    <message>
        <source>Clean &amp;up versions…</source>
        <translation>清理版本(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Guided document</source>
        <translation>入门文档(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>报告问题(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;About LongWriter Desktop</source>
        <translation>关于 LongWriter Desktop(&amp;A)</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>停止(&amp;P)</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Dismiss (Esc)</source>
        <translation>关闭提示 (Esc)</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>“{name}” is being opened. Its disk takes its time.</source>
        <translation>正在打开“{name}”，磁盘响应较慢。</translation>
    </message>
    <message>
        <source>“{path}” could not be opened; this is a fault of the app. Details are in the log.</source>
        <translation>无法打开“{path}”，这是程序的错误。详情见日志。</translation>
    </message>
    <message>
        <source>Open what can be read as a copy</source>
        <translation>以副本打开可读取的部分</translation>
    </message>
    <message>
        <source>Open for reading only</source>
        <translation>以只读方式打开</translation>
    </message>
    <message>
        <source>Open a copy</source>
        <translation>以副本打开</translation>
    </message>
</context>
<context>
    <name>OwnOutlineDialog</name>
    <message>
        <source>One line a section. For example:

1. Why sailors feared the coast more than the open sea (600 words)
2. The Pharos of Alexandria: how high, how bright, how paid for (800 words)
3. Fresnel&apos;s lens</source>
        <translation>每行一个小节。例如：

1. 为什么水手怕海岸胜过怕远海（600字）
2. 亚历山大灯塔：多高、多亮、钱从哪里来（800字）
3. 菲涅耳透镜</translation>
    </message>
    <message>
        <source>Start with my own outline</source>
        <translation>用自己的大纲开始</translation>
    </message>
    <message>
        <source>Your outline</source>
        <translation>您的大纲</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No sections yet</source>
        <translation>还没有小节</translation>
    </message>
    <message>
        <source>1 section</source>
        <translation>1 个小节</translation>
    </message>
    <message>
        <source>{count} sections</source>
        <translation>{count} 个小节</translation>
    </message>
    <message>
        <source>{sections}, {given} of them with a number: {words} words</source>
        <translation>{sections}，其中 {given} 个注明字数，共 {words} 字</translation>
    </message>
    <message>
        <source>{sections}, {words} words</source>
        <translation>{sections}，共 {words} 字</translation>
    </message>
</context>
<context>
    <name>Pace</name>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
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
        <source>{hours} h</source>
        <translation>{hours} 小时</translation>
    </message>
</context>
<context>
    <name>PlaceWatch</name>
    <message>
        <source>1 word selected</source>
        <translation>已选 1 字</translation>
    </message>
    <message>
        <source>{count} {unit} selected</source>
        <translation>已选 {count} {unit}</translation>
    </message>
    <message>
        <source>section {number}: {count}</source>
        <translation>第 {number} 节：{count}</translation>
    </message>
    <message>
        <source>cursor in section {number}: {count}</source>
        <translation>光标在第 {number} 节：{count}</translation>
    </message>
</context>
<context>
    <name>ProgressWatch</name>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>reading ahead</source>
        <translation>正在准备模型</translation>
    </message>
    <message>
        <source>making a plan</source>
        <translation>正在制定写作计划</translation>
    </message>
    <message>
        <source>writing alternatives</source>
        <translation>正在写备选稿</translation>
    </message>
    <message>
        <source>rewriting a passage</source>
        <translation>正在改写</translation>
    </message>
    <message>
        <source>{words} of {aim} {unit}</source>
        <translation>{words} / {aim} {unit}</translation>
    </message>
    <message>
        <source>{words} {unit}</source>
        <translation>{words} {unit}</translation>
    </message>
    <message>
        <source>{asked} were asked for; the plan adds up to {aim}.</source>
        <translation>要求 {asked}，写作计划合计 {aim}。</translation>
    </message>
    <message>
        <source>Counted without punctuation and figures; Statistics says what a word processor counts.</source>
        <translation>不计标点和数字；文字处理软件的字数见“统计”。</translation>
    </message>
    <message>
        <source>{unit} planned</source>
        <translation>{unit}（计划）</translation>
    </message>
    <message>
        <source>{done}, {time} left</source>
        <translation>{done}，还需 {time}</translation>
    </message>
    <message>
        <source>Everything that was written is kept; “Go on” writes on from there.</source>
        <translation>已写内容均已保留，点击“继续写作”即可接着写。</translation>
    </message>
    <message>
        <source>finished at {time}</source>
        <translation>{time} 完成</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Make a plan</source>
        <translation>制定计划</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>开始写作</translation>
    </message>
    <message>
        <source>Go on</source>
        <comment>writing</comment>
        <translation>继续写作</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写完</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>making a plan, section {number}</source>
        <translation>正在制定写作计划，第 {number} 节</translation>
    </message>
    <message>
        <source>section {number}: {counts} {unit}</source>
        <translation>第 {number} 节：{counts} {unit}</translation>
    </message>
    <message>
        <source>writing {count} sections at the same time</source>
        <translation>正在同时写 {count} 个小节</translation>
    </message>
    <message>
        <source>writing section {number} of {count}: {words}</source>
        <translation>正在写第 {number} 节（共 {count} 节）：{words}</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>loading the model {percent} %</source>
        <translation>正在加载模型 {percent}%</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>读取提示词</translation>
    </message>
    <message>
        <source>reading {read} of {total} tokens</source>
        <translation>正在读取 {read} / {total} 词元</translation>
    </message>
    <message>
        <source>{doing}, {time}</source>
        <translation>{doing}，{time}</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 文件</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>驱动器</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>位置(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Up</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Left</translation>
    </message>
    <message>
        <source>Alt+Right</source>
        <translation>Alt+Right</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>QKeySequenceEdit</name>
    <message>
        <source>Press shortcut</source>
        <translation>请按下新的快捷键</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Return</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>↑</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>↓</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>←</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>→</translation>
    </message>
</context>
<context>
    <name>ReadingOnly</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>you changed it</source>
        <translation>您作了修改</translation>
    </message>
    <message>
        <source>paused in section {number}</source>
        <translation>已在第 {number} 节暂停</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{paused}: {cause}</source>
        <translation>{paused}：{cause}</translation>
    </message>
    <message>
        <source>stopped in section {number} by a problem</source>
        <translation>写到第 {number} 节时因出错停止</translation>
    </message>
    <message>
        <source>stopped by a problem</source>
        <translation>因出错停止</translation>
    </message>
</context>
<context>
    <name>RunNotices</name>
    <message>
        <source>Done: {words} of {asked} {unit}.</source>
        <translation>完成：{words} / {asked} {unit}。</translation>
    </message>
    <message>
        <source>{done} Section {last} ended early, because the model repeated itself. Read it, or write it again.</source>
        <translation>{done}第 {last} 节因模型重复而提前结束。请检查，或重新生成。</translation>
    </message>
    <message>
        <source>{done} Sections {others} and {last} ended early, because the model repeated itself. Read them, or write them again.</source>
        <translation>{done}第 {others}、{last} 节因模型重复而提前结束。请检查，或重新生成。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Section {number} is written again: {words} of {asked} {unit}.</source>
        <translation>第 {number} 节已重新生成：{words} / {asked} {unit}。</translation>
    </message>
    <message>
        <source>Section {number} is written: {words} of {asked} {unit}.</source>
        <translation>第 {number} 节已写完：{words} / {asked} {unit}。</translation>
    </message>
    <message>
        <source>{count} sections are written again: {words} of {asked} {unit}.</source>
        <translation>{count} 个小节已重新生成：{words} / {asked} {unit}。</translation>
    </message>
    <message>
        <source>{count} sections are written: {words} of {asked} {unit}.</source>
        <translation>{count} 个小节已写完：{words} / {asked} {unit}。</translation>
    </message>
    <message>
        <source>1 section is stale: something above it has changed.</source>
        <translation>有 1 个小节待更新：它前面的内容已更改。</translation>
    </message>
    <message>
        <source>{count} sections are stale: something above them has changed.</source>
        <translation>有 {count} 个小节待更新：它们前面的内容已更改。</translation>
    </message>
    <message>
        <source>Rewrite it</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Rewrite them</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>{done} {more}</source>
        <translation>{done}{more}</translation>
    </message>
    <message>
        <source>The text no longer fits the model&apos;s context: of section {first} it reads short summaries.</source>
        <translation>正文已超出模型的上下文：第 {first} 节改读简短摘要。</translation>
    </message>
    <message>
        <source>The text no longer fits the model&apos;s context: of sections {first} to {last} it reads short summaries.</source>
        <translation>正文已超出模型的上下文：第 {first} 至 {last} 节改读简短摘要。</translation>
    </message>
    <message>
        <source>Planning was stopped. The 1 line made so far is kept.</source>
        <translation>已停止制定计划，已生成的 1 行已保留。</translation>
    </message>
    <message>
        <source>Planning was stopped. The {count} lines made so far are kept.</source>
        <translation>已停止制定计划，已生成的 {count} 行已保留。</translation>
    </message>
    <message>
        <source>Alternatives of a section are being written. Those that are finished are kept among its versions; the others would be lost.</source>
        <translation>正在为一个小节写备选稿。已写完的会保留在其版本中，其余的将会丢失。</translation>
    </message>
    <message>
        <source>A passage is being rewritten. The new passage would be lost.</source>
        <translation>正在改写一段文字。改写后的文字将会丢失。</translation>
    </message>
    <message>
        <source>Another plan is being made. The present one stays; the new one would be lost.</source>
        <translation>正在制定另一份写作计划。现有的计划会保留，新的将会丢失。</translation>
    </message>
    <message>
        <source>{lost} So nothing else was begun. Wait until it is done, or stop it, then try again.</source>
        <translation>{lost}因此没有开始其他操作。请等它完成，或先停止，然后重试。</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Section {number} is locked, so nothing was written. Unlock it, then write again.</source>
        <translation>第 {number} 节已锁定，因此没有写作。请先解锁再写。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>No model is chosen, so nothing was begun. Choose one under Model &gt; Models…, then try again.</source>
        <translation>尚未选择模型，因此没有开始。请在“模型 &gt; 模型管理…”中选择一个，然后重试。</translation>
    </message>
    <message>
        <source>planning</source>
        <translation>制定写作计划</translation>
    </message>
    <message>
        <source>rewriting</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Something went wrong while {doing}; this is a fault of the app. Everything up to there is kept. Try again; details are in {log}.</source>
        <translation>{doing}时出了问题，这是程序的错误。此前的内容均已保留。请重试；详情见 {log}。</translation>
    </message>
    <message>
        <source>{count} alternatives for section {place} are written; ‹ and › show them.</source>
        <translation>第 {place} 节的 {count} 份备选稿已写好，可用 ‹ 和 › 翻看。</translation>
    </message>
    <message>
        <source>{count} of {all} alternatives for section {place} are among its versions.</source>
        <translation>第 {place} 节的 {all} 份备选稿中，已有 {count} 份存入其版本。</translation>
    </message>
</context>
<context>
    <name>SavingTrouble</name>
    <message>
        <source>Save in another place…</source>
        <translation>保存到其他位置…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>This document is open for reading only: nothing in it can be changed.</source>
        <translation>此文档以只读方式打开，无法更改。</translation>
    </message>
    <message>
        <source>Open for writing</source>
        <translation>以可写方式打开</translation>
    </message>
    <message>
        <source>Open a copy</source>
        <translation>以副本打开</translation>
    </message>
    <message>
        <source>Text of “{title}” that could not be saved is kept.</source>
        <translation>“{title}”中未能保存的内容已暂存。</translation>
    </message>
    <message>
        <source>Text of “{title}” that could not be saved is kept. There is 1 more.</source>
        <translation>“{title}”中未能保存的内容已暂存。另有 1 份文档也是如此。</translation>
    </message>
    <message>
        <source>Text of “{title}” that could not be saved is kept. There are {count} more.</source>
        <translation>“{title}”中未能保存的内容已暂存。另有 {count} 份文档也是如此。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>The document goes on in {path}.</source>
        <translation>文档现保存在 {path}。</translation>
    </message>
    <message>
        <source>{problem} The text stays kept.</source>
        <translation>{problem}内容仍然保留。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>No section is stale: all of them fit the plan and the text above them.</source>
        <translation>没有待更新的小节：各节都与写作计划和上文相符。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The passage no longer stands in the text as it was, so nothing was replaced.</source>
        <translation>正文中已没有这段原文，因此未作替换。</translation>
    </message>
    <message>
        <source>The document is open for reading only, so nothing was changed. Open a copy to change it.</source>
        <translation>文档以只读方式打开，因此未作更改。要修改请打开副本。</translation>
    </message>
    <message>
        <source>The plan is new. The text of 1 section was put away with the old one.</source>
        <translation>写作计划已更新。1 个小节的正文已随旧计划收起。</translation>
    </message>
    <message>
        <source>The plan is new. The text of {count} sections was put away with the old one.</source>
        <translation>写作计划已更新。{count} 个小节的正文已随旧计划收起。</translation>
    </message>
    <message>
        <source>Planning was stopped. Nothing was changed.</source>
        <translation>已停止制定计划，文档未改动。</translation>
    </message>
</context>
<context>
    <name>SpellingMenu</name>
    <message>
        <source>As the &amp;document</source>
        <translation>跟随文档(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Folder for dictionaries…</source>
        <translation>词典文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>No spelling dictionary for this document was found. Edit &gt; Spelling opens a folder where one can be put: two files such as de_DE.aff and de_DE.dic, as LibreOffice and Firefox have them.</source>
        <translation>没有找到适用于此文档的拼写词典。可通过“编辑 &gt; 拼写检查”打开词典文件夹并放入词典：如 de_DE.aff 和 de_DE.dic 这样一对文件，LibreOffice 和 Firefox 都有。</translation>
    </message>
    <message>
        <source>The folder {folder} could not be made ({problem}). Nothing was changed.</source>
        <translation>无法创建文件夹 {folder}（{problem}）。未作更改。</translation>
    </message>
    <message>
        <source>Put dictionaries into {folder}: pairs of files such as de_DE.aff and de_DE.dic.</source>
        <translation>请把词典放入 {folder}：如 de_DE.aff 和 de_DE.dic 这样成对的文件。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>“{word}” is among your words now, in {file}.</source>
        <translation>“{word}”已加入个人词典 {file}。</translation>
    </message>
    <message>
        <source>Your word could not be kept ({problem}). The list of your words is as it was.</source>
        <translation>无法保存该词（{problem}）。个人词典没有变化。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>一切都留在这台电脑上。</translation>
    </message>
    <message>
        <source>{tokens} tokens/s · {words} {unit}/min</source>
        <translation>{tokens} 词元/秒 · {words} {unit}/分</translation>
    </message>
    <message>
        <source>How fast it is written now. The average over a long document is lower.</source>
        <translation>当前的写作速度。长文档的平均速度会低一些。</translation>
    </message>
    <message>
        <source>{time} left, done about {clock}</source>
        <translation>还需 {time}，约 {clock} 完成</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
</context>
<context>
    <name>TargetOffer</name>
    <message>
        <source>The word target decides the length, not the direction.</source>
        <translation>篇幅由目标字数决定，而非写作指示。</translation>
    </message>
    <message>
        <source>Target {old} → {new}</source>
        <translation>目标 {old} → {new}</translation>
    </message>
    <message>
        <source>Change the word target from {old} to {new}</source>
        <translation>把目标字数从 {old} 改为 {new}</translation>
    </message>
</context>
<context>
    <name>ThinBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>Translation</name>
    <message>
        <source>en</source>
        <translation>zh</translation>
    </message>
</context>
<context>
    <name>TrashDialog</name>
    <message>
        <source>Deleted sections</source>
        <translation>已删除的小节</translation>
    </message>
    <message>
        <source>Text of the deleted section</source>
        <translation>已删除小节的正文</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No section is in the trash.</source>
        <translation>回收站中没有小节。</translation>
    </message>
    <message>
        <source>{count} versions</source>
        <translation>{count} 个版本</translation>
    </message>
    <message>
        <source>no versions</source>
        <translation>没有版本</translation>
    </message>
    <message>
        <source>1 version</source>
        <translation>1 个版本</translation>
    </message>
    <message>
        <source>{length}, {versions}</source>
        <translation>{length}，{versions}</translation>
    </message>
    <message>
        <source>Without a main point</source>
        <translation>没有要点</translation>
    </message>
</context>
<context>
    <name>UnfinishedWork</name>
    <message>
        <source>The model is not done yet</source>
        <translation>模型尚未完成</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>让它继续</translation>
    </message>
    <message>
        <source>A new passage is not taken yet</source>
        <translation>改写后的文字尚未采用</translation>
    </message>
    <message>
        <source>The passage that was rewritten is not in the text. It would be lost.</source>
        <translation>改写后的文字尚未放入正文，将会丢失。</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Back to it</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>WordsField</name>
    <message>
        <source>Words</source>
        <translation>字数</translation>
    </message>
    <message>
        <source>{words} found</source>
        <translation>识别为 {words}</translation>
    </message>
    <message>
        <source>the app decides</source>
        <translation>由应用决定</translation>
    </message>
    <message>
        <source>Nothing can be written in 0 words: type another number, or leave the field empty.</source>
        <translation>0 字无法写作：请填其他数字，或留空。</translation>
    </message>
    <message>
        <source>Empty: {words} words, as the instruction says.</source>
        <translation>留空：按写作要求为 {words} 字。</translation>
    </message>
    <message>
        <source>Empty: the app decides.</source>
        <translation>留空：由应用决定。</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Nothing was rewritten: select words of one section first, then choose how.</source>
        <translation>没有改写：请先在一个小节内选中文字，再选择改写方式。</translation>
    </message>
</context>
<context>
    <name>WritingMenu</name>
    <message>
        <source>Write them again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>From section {number} on, everything is written, so nothing was begun.</source>
        <translation>从第 {number} 节起都已写完，因此没有开始写作。</translation>
    </message>
    <message>
        <source>From section {number} on, all sections are locked, so nothing was begun.</source>
        <translation>从第 {number} 节起各节都已锁定，因此没有开始写作。</translation>
    </message>
</context>
</TS>
