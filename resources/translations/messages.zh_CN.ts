<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Core</name>
    <message>
        <source>The chat template in this model&apos;s file cannot be used</source>
        <translation>此模型文件中的对话模板无法使用</translation>
    </message>
    <message>
        <source>This model&apos;s file has no chat template</source>
        <translation>此模型文件没有对话模板</translation>
    </message>
    <message>
        <source>{0}, so the common form ChatML is used; the replies may be poorer for it.</source>
        <translation>{0}，因此使用通用的 ChatML 格式；效果可能稍差。</translation>
    </message>
    <message>
        <source>the engine does one thing at a time: close the other iterator first</source>
        <translation>引擎一次只做一件事：请先关闭另一个迭代器</translation>
    </message>
    <message>
        <source>Everything written is kept</source>
        <translation>已写内容均已保留</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>The memory of this computer was not enough to go on with the model {0}. {1}. Close other programs or choose a smaller model, then go on.</source>
        <translation>电脑内存不足，无法用模型 {0} 继续。{1}。请关闭其他程序或选择较小的模型，然后继续。</translation>
    </message>
    <message>
        <source>The process that runs the model was ended from outside, as a system does when memory runs short. {0}; go on, and it starts again.</source>
        <translation>运行模型的进程被外部结束，系统在内存不足时会这样做。{0}；继续即可重新启动。</translation>
    </message>
    <message>
        <source>llama.cpp was built for another processor than this one and cannot run. Install llama-cpp-python again so that it is built on this computer. The log is {0}.</source>
        <translation>llama.cpp 是为另一种处理器构建的，无法运行。请重新安装 llama-cpp-python，使其在本机构建。日志为 {0}。</translation>
    </message>
    <message>
        <source>The process that runs the model could not be started ({0}). Install the app again, or report this with the log {1}.</source>
        <translation>无法启动运行模型的进程（{0}）。请重新安装程序，或连同日志 {1} 报告。</translation>
    </message>
    <message>
        <source>The process that runs the model ended by itself ({0}). {1}; go on, and it starts again. If it happens often, report it with the log {2}.</source>
        <translation>运行模型的进程意外结束（{0}）。{1}；继续即可重新启动。如经常发生，请连同日志 {2} 报告。</translation>
    </message>
    <message>
        <source>llama.cpp broke down over the model {0}, so its file is probably damaged. {1}. Download it again, or choose another model. The log is {2}.</source>
        <translation>llama.cpp 处理模型 {0} 时崩溃，其文件可能已损坏。{1}。请重新下载，或选择其他模型。日志为 {2}。</translation>
    </message>
    <message>
        <source>llama.cpp broke down as soon as it used the model {0} ({1}). {2}. Its file may be damaged: download it again, or choose another model. If others fail as well, report it with the log {3}.</source>
        <translation>llama.cpp 一使用模型 {0} 就崩溃（{1}）。{2}。其文件可能已损坏：请重新下载，或选择其他模型。如果其他模型也失败，请连同日志 {3} 报告。</translation>
    </message>
    <message>
        <source>The model {0} has done nothing for {1} seconds, so its process was stopped. {2}; go on, and it starts again.</source>
        <translation>模型 {0} 已有 {1} 秒没有动静，其进程已停止。{2}；继续即可重新启动。</translation>
    </message>
    <message>
        <source>The process for the model {0} could not be started: {1}. {2}. Close other programs and try again.</source>
        <translation>无法启动模型 {0} 的进程：{1}。{2}。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>llama.cpp cannot be used here: {0}. Install llama-cpp-python again. The log is {1}.</source>
        <translation>此处无法使用 llama.cpp：{0}。请重新安装 llama-cpp-python。日志为 {1}。</translation>
    </message>
    <message>
        <source>The process that runs the model made a mistake ({0}). {1}; go on, and it starts again. If it happens often, report it with the log {2}.</source>
        <translation>运行模型的进程出错（{0}）。{1}；继续即可重新启动。如经常发生，请连同日志 {2} 报告。</translation>
    </message>
    <message>
        <source>it closed its pipe</source>
        <translation>它关闭了管道</translation>
    </message>
    <message>
        <source>exit status {0}</source>
        <translation>退出状态 {0}</translation>
    </message>
    <message>
        <source>“{0}” is one of the {1} files of a model and has not the name that it was published under, so the others are not found. Give all of them their own names back.</source>
        <translation>“{0}”是某模型 {1} 个文件之一，但文件名与发布时不同，因此找不到其余文件。请把它们都改回原名。</translation>
    </message>
    <message>
        <source>“{0}” is not the first of the {1} files of its model. Choose {2}.</source>
        <translation>“{0}”不是该模型 {1} 个文件中的第一个。请选择 {2}。</translation>
    </message>
    <message>
        <source>The model “{0}” is in {1} files, and {2} is missing. Download it again.</source>
        <translation>模型“{0}”有 {1} 个文件，缺少 {2}。请重新下载。</translation>
    </message>
    <message>
        <source>“{0}” is a folder, not a model. Choose a GGUF file.</source>
        <translation>“{0}”是文件夹，不是模型。请选择 GGUF 文件。</translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 字节</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0} 字节</translation>
    </message>
    <message>
        <source>“{0}” is not a GGUF model: it has only {1}. Choose another file.</source>
        <translation>“{0}”不是 GGUF 模型：只有 {1}。请选择其他文件。</translation>
    </message>
    <message>
        <source>There is no model file “{0}”. Choose another model, or put the file back.</source>
        <translation>没有模型文件“{0}”。请选择其他模型，或把文件放回。</translation>
    </message>
    <message>
        <source>The model file “{0}” may not be read by you. Change its permissions, or choose another model.</source>
        <translation>您无权读取模型文件“{0}”。请更改其权限，或选择其他模型。</translation>
    </message>
    <message>
        <source>There is not enough free memory to look into the model file “{0}”. Close other programs.</source>
        <translation>空闲内存不足，无法查看模型文件“{0}”。请关闭其他程序。</translation>
    </message>
    <message>
        <source>The model file “{0}” cannot be read: {1}. Choose another model.</source>
        <translation>无法读取模型文件“{0}”：{1}。请选择其他模型。</translation>
    </message>
    <message>
        <source>“{0}” is not a GGUF file, so it cannot be used as a model. Choose another.</source>
        <translation>“{0}”不是 GGUF 文件，不能用作模型。请另选。</translation>
    </message>
    <message>
        <source>“{0}” is in version {1} of the GGUF format, which this app cannot read. Download the model again from a current source.</source>
        <translation>“{0}”采用 GGUF 格式第 {1} 版，本程序无法读取。请从较新的来源重新下载模型。</translation>
    </message>
    <message>
        <source>“{0}” holds no weights, so it cannot write. Choose another model.</source>
        <translation>“{0}”不含权重，无法写作。请选择其他模型。</translation>
    </message>
    <message>
        <source>“{0}” has weights in a form (type {1}) that this version of llama.cpp does not know. Choose another file of the model, such as Q4_K_M.</source>
        <translation>“{0}”的权重格式（类型 {1}）是此版本 llama.cpp 不认识的。请选择该模型的其他文件，如 Q4_K_M。</translation>
    </message>
    <message>
        <source>The model file “{0}” is truncated: its end is missing, as after a download that broke off. Download it again.</source>
        <translation>模型文件“{0}”不完整：缺少结尾，像是下载中断所致。请重新下载。</translation>
    </message>
    <message>
        <source>The model file “{0}” is damaged and cannot be used. Download it again.</source>
        <translation>模型文件“{0}”已损坏，无法使用。请重新下载。</translation>
    </message>
    <message>
        <source>the CUDA toolkit</source>
        <translation>CUDA 工具包</translation>
    </message>
    <message>
        <source>Xcode&apos;s command line tools</source>
        <translation>Xcode 命令行工具</translation>
    </message>
    <message>
        <source>the Vulkan development files and glslc</source>
        <translation>Vulkan 开发文件和 glslc</translation>
    </message>
    <message>
        <source>graphics processor</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>the template fails, or loses a message</source>
        <translation>模板出错，或丢失消息</translation>
    </message>
    <message>
        <source>no process for it</source>
        <translation>没有对应的进程</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>integrated GPU</source>
        <translation>集成显卡</translation>
    </message>
    <message>
        <source>the device {0} is gone</source>
        <translation>设备 {0} 已不存在</translation>
    </message>
    <message>
        <source>There is no device “{0}” that llama.cpp could compute on, so the model was not opened. Choose one of these in the settings: {1}.</source>
        <translation>没有可供 llama.cpp 计算的设备“{0}”，因此未打开模型。请在设置中从这些设备中选择：{1}。</translation>
    </message>
    <message>
        <source>{0} has not enough free memory for this model, so the processor computes.</source>
        <translation>{0} 的空闲显存不足以运行此模型，因此由处理器计算。</translation>
    </message>
    <message>
        <source>{0} of the model&apos;s {1} layers fit into the free memory of {2}; the processor computes the others, which is slower.</source>
        <translation>模型 {1} 层中有 {0} 层能放入 {2} 的空闲显存；其余由处理器计算，速度较慢。</translation>
    </message>
    <message>
        <source>The context is {0} tokens instead of {1}, because there is not more memory free.</source>
        <translation>空闲内存有限，上下文为 {0} 词元，而不是 {1}。</translation>
    </message>
    <message>
        <source>The model {0} is open already, in another window or on the command line, and needs {1} of memory. Both together need {2}; {3} are free now. Close the other one if this computer becomes slow.</source>
        <translation>模型 {0} 已在另一个窗口或命令行中打开，需要 {1} 内存。两者共需 {2}；现在可用 {3}。如果电脑变慢，请关闭另一个。</translation>
    </message>
    <message>
        <source>There is not enough free memory for the model {0}, not even with a short context. Everything written is kept. Close other programs, or choose a smaller model.</source>
        <translation>空闲内存不足以运行模型 {0}，即使缩短上下文也不够。已写内容均已保留。请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>The model {0} needs {1} of memory, and this computer has {2}. Choose a smaller file of it, such as Q4_K_M, or a smaller model.</source>
        <translation>模型 {0} 需要 {1} 内存，而这台电脑有 {2}。请选择它较小的文件，如 Q4_K_M，或较小的模型。</translation>
    </message>
    <message>
        <source>There is not enough free memory to load the model {0}. Everything written is kept. Close other programs, or choose a smaller model.</source>
        <translation>空闲内存不足，无法加载模型 {0}。已写内容均已保留。请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>llama.cpp cannot use the model file “{0}”{1}. Download it again, or choose another model.</source>
        <translation>llama.cpp 无法使用模型文件“{0}”{1}。请重新下载，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model in “{0}” is not one that writes text. Choose another model.</source>
        <translation>“{0}”中的模型不生成文字。请选择其他模型。</translation>
    </message>
    <message>
        <source>in the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Use {0}, which fits its tokens, or choose another, and try it.</source>
        <translation>请使用与其词元相符的 {0}，或另选一个，试一试。</translation>
    </message>
    <message>
        <source>Choose one and try it.</source>
        <translation>请选择一个，试一试。</translation>
    </message>
    <message>
        <source>This file has no chat template, which says how a model wants to be spoken to.</source>
        <translation>此文件没有对话模板，即与模型对话的格式。</translation>
    </message>
    <message>
        <source>{0} It may be a base model, which goes on with a text instead of doing what it is asked.</source>
        <translation>{0}它可能是基础模型，只会续写文字，而不按要求行事。</translation>
    </message>
    <message>
        <source>LongWriter was trained with a chat template of its own, which is not the one in this file.</source>
        <translation>LongWriter 训练时用的是自己的对话模板，不是此文件中的模板。</translation>
    </message>
    <message>
        <source>The chat template in this file cannot be used.</source>
        <translation>此文件中的对话模板无法使用。</translation>
    </message>
    <message>
        <source>The chat template in this file writes {0}, which this model has no token for: it may be another model&apos;s.</source>
        <translation>此文件中的对话模板用到 {0}，而此模型没有对应的词元：它可能属于别的模型。</translation>
    </message>
    <message>
        <source>The template {0} writes {1}, which this model has no token for, so it is probably not the right one.</source>
        <translation>模板 {0} 用到 {1}，而此模型没有对应的词元，因此很可能不合适。</translation>
    </message>
    <message>
        <source>LongWriter-glm4-9b and other GLM-4 models</source>
        <translation>LongWriter-glm4-9b 和其他 GLM-4 模型</translation>
    </message>
    <message>
        <source>Qwen, Yi, SmolLM, Hermes and many others</source>
        <translation>Qwen、Yi、SmolLM、Hermes 等众多模型</translation>
    </message>
    <message>
        <source>Llama 3, 3.1 and 3.2 Instruct</source>
        <translation>Llama 3、3.1 和 3.2 Instruct</translation>
    </message>
    <message>
        <source>Gemma 1 to 3</source>
        <translation>Gemma 1 至 3</translation>
    </message>
    <message>
        <source>Mistral 7B Instruct 0.3, Mixtral, Mistral Nemo</source>
        <translation>Mistral 7B Instruct 0.3、Mixtral、Mistral Nemo</translation>
    </message>
    <message>
        <source>Phi 3 and 3.5</source>
        <translation>Phi 3 和 3.5</translation>
    </message>
    <message>
        <source>Zephyr, StableLM</source>
        <translation>Zephyr、StableLM</translation>
    </message>
    <message>
        <source>Vicuna and models without tokens of their own for turns</source>
        <translation>Vicuna 以及没有专用对话词元的模型</translation>
    </message>
    <message>
        <source>Out of memory while a request was taken in.
</source>
        <translation>接收请求时内存不足。
</translation>
    </message>
    <message>
        <source>no model is open</source>
        <translation>没有打开的模型</translation>
    </message>
    <message>
        <source>The memory of this computer was not enough to go on. Everything written is kept. Close other programs or choose a smaller model, then go on.</source>
        <translation>电脑内存不足，无法继续。已写内容均已保留。请关闭其他程序或选择较小的模型，然后继续。</translation>
    </message>
    <message>
        <source>for writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>for trying things out</source>
        <translation>试用</translation>
    </message>
    <message>
        <source> To change {0}, give the entry that name.</source>
        <translation>要修改 {0}，请给该条目起这个名字。</translation>
    </message>
    <message>
        <source>{0} The entry is left out.{1}</source>
        <translation>{0}已略过该条目。{1}</translation>
    </message>
    <message>
        <source>The app has a model {0} itself. Nothing was changed; choose another name.</source>
        <translation>程序自带名为 {0} 的模型。未作更改；请换一个名字。</translation>
    </message>
    <message>
        <source>a whole number, {0} or more</source>
        <translation>不小于 {0} 的整数</translation>
    </message>
    <message>
        <source>a number from {0} to {1}</source>
        <translation>{0} 到 {1} 之间的数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a text in quotes</source>
        <translation>带引号的文本</translation>
    </message>
    <message>
        <source>a list such as [&quot;en&quot;, &quot;zh&quot;]</source>
        <translation>形如 [&quot;en&quot;, &quot;zh&quot;] 的列表</translation>
    </message>
    <message>
        <source>the name of a file in the repository</source>
        <translation>仓库中的文件名</translation>
    </message>
    <message>
        <source>a branch, tag or commit</source>
        <translation>分支、标签或提交</translation>
    </message>
    <message>
        <source>the path of a file</source>
        <translation>文件路径</translation>
    </message>
    <message>
        <source>the name of a Python package</source>
        <translation>Python 包名</translation>
    </message>
    <message>
        <source>64 of the letters 0-9 and a-f, or &quot;&quot;</source>
        <translation>64 个 0-9、a-f 字符，或 &quot;&quot;</translation>
    </message>
    <message>
        <source>a name such as &quot;Q4_K_M&quot;</source>
        <translation>形如 &quot;Q4_K_M&quot; 的名称</translation>
    </message>
    <message>
        <source>&quot;&quot; or one of {0}</source>
        <translation>&quot;&quot; 或以下之一：{0}</translation>
    </message>
    <message>
        <source>a list of texts such as [&quot;[INST]&quot;]</source>
        <translation>形如 [&quot;[INST]&quot;] 的文本列表</translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation>以下之一：{0}</translation>
    </message>
    <message>
        <source>an address that begins with https://</source>
        <translation>以 https:// 开头的地址</translation>
    </message>
    <message>
        <source>Mend the file or remove it.</source>
        <translation>请修正或删除该文件。</translation>
    </message>
    <message>
        <source>The catalogue {0} cannot be read: {1}. {2}</source>
        <translation>无法读取模型目录 {0}：{1}。{2}</translation>
    </message>
    <message>
        <source>The catalogue {0} has a table [{1}]; there are families and models. {2}</source>
        <translation>模型目录 {0} 中有 [{1}] 表；只能有 families 和 models。{2}</translation>
    </message>
    <message>
        <source>In the catalogue {0}, {1} should be tables such as [{2}.NAME]. {3}</source>
        <translation>模型目录 {0} 中，{1} 应为 [{2}.NAME] 形式的表。{3}</translation>
    </message>
    <message>
        <source>its name should be letters, digits, dots, dashes and underscores</source>
        <translation>名称只能含字母、数字、点、短横和下划线</translation>
    </message>
    <message>
        <source>there is no family {0}; there are {1}</source>
        <translation>没有系列 {0}；现有 {1}</translation>
    </message>
    <message>
        <source>a name with a dot is written in quotes, as [models.&quot;a.b&quot;]</source>
        <translation>含点的名称要加引号，如 [models.&quot;a.b&quot;]</translation>
    </message>
    <message>
        <source>; did you mean {0}?</source>
        <translation>；是否指 {0}？</translation>
    </message>
    <message>
        <source>there is no such field{0}</source>
        <translation>没有这个字段{0}</translation>
    </message>
    <message>
        <source>it should be {0}, and is {1}</source>
        <translation>应为{0}，而实际是 {1}</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>缺少该项</translation>
    </message>
    <message>
        <source>it is missing: give repository and file, or a path</source>
        <translation>缺少该项：请给出仓库和文件，或路径</translation>
    </message>
    <message>
        <source>{0} is more than context_tokens, {1}</source>
        <translation>{0} 大于 context_tokens（{1}）</translation>
    </message>
    <message>
        <source>The catalogue {0}: {1}: {2}.</source>
        <translation>模型目录 {0}：{1}：{2}。</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>What has come of {0} could not be removed: {1}. It is still in {2}. Close the programs that use it, then try again.</source>
        <translation>无法删除 {0} 已下载的部分：{1}。它仍在 {2}。请关闭占用它的程序后重试。</translation>
    </message>
    <message>
        <source>not writable</source>
        <translation>不可写</translation>
    </message>
    <message>
        <source>The download of {0} was stopped. {1}</source>
        <translation>已停止下载 {0}。{1}</translation>
    </message>
    <message>
        <source>nothing has answered</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>It is the best for long documents of those that this computer has the memory for now.</source>
        <translation>在本机现有内存可运行的模型中，它最适合写长文档。</translation>
    </message>
    <message>
        <source>It is the fastest that this computer has the memory for now.</source>
        <translation>在本机现有内存可运行的模型中，它最快。</translation>
    </message>
    <message>
        <source>it did not answer within {0} seconds</source>
        <translation>{0} 秒内没有响应</translation>
    </message>
    <message>
        <source>there is no connection to it</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>{0} in {1}, line {2}</source>
        <translation>{0}（{1} 第 {2} 行）</translation>
    </message>
    <message>
        <source>looked for</source>
        <translation>查找位置</translation>
    </message>
    <message>
        <source>not a hub</source>
        <translation>不是模型站点</translation>
    </message>
    <message>
        <source>rate limited</source>
        <translation>请求过多</translation>
    </message>
    <message>
        <source>disk full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Nothing was kept of it.</source>
        <translation>没有保留已下载的部分。</translation>
    </message>
    <message>
        <source>Check the connection, then try again; writing with the models that are here needs none.</source>
        <translation>请检查网络连接后重试；用本机已有的模型写作不需要网络。</translation>
    </message>
    <message>
        <source>{0} cannot be reached: {1}.</source>
        <translation>无法访问 {0}：{1}。</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set on this computer, so nothing is downloaded.</source>
        <translation>本机设置了 HF_HUB_OFFLINE，因此不会下载。</translation>
    </message>
    <message>
        <source>Take it out of the environment, then try again.</source>
        <translation>请从环境变量中去掉它后重试。</translation>
    </message>
    <message>
        <source>There is no way to {0} through the proxy that is set for this computer.</source>
        <translation>无法通过本机设置的代理访问 {0}。</translation>
    </message>
    <message>
        <source>Check the connection and the environment variable HTTPS_PROXY, then try again.</source>
        <translation>请检查网络连接和环境变量 HTTPS_PROXY 后重试。</translation>
    </message>
    <message>
        <source>The connection to {0} is not safe: its certificate is not trusted on this computer.</source>
        <translation>与 {0} 的连接不安全：本机不信任其证书。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s date and which network it is in, then try again.</source>
        <translation>请检查电脑的日期和所在网络后重试。</translation>
    </message>
    <message>
        <source>perhaps this network wants you to log in first</source>
        <translation>可能需要先登录此网络</translation>
    </message>
    <message>
        <source>the environment variable HF_ENDPOINT may name something else</source>
        <translation>环境变量 HF_ENDPOINT 可能指向了别处</translation>
    </message>
    <message>
        <source>What answered at {0} is not a hub of models: {1}.</source>
        <translation>{0} 的响应不是模型站点：{1}。</translation>
    </message>
    <message>
        <source>Open its address in a browser to see what it is, then try again.</source>
        <translation>请在浏览器中打开该地址看看，然后重试。</translation>
    </message>
    <message>
        <source>Your account has no access to it yet: open {0}, agree to the terms, then try again.</source>
        <translation>您的账户还没有访问权限：请打开 {0} 并同意条款，然后重试。</translation>
    </message>
    <message>
        <source>Open {0}, log in and agree to the terms, then give a token from {1}/settings/tokens.</source>
        <translation>请打开 {0}，登录并同意条款，然后填入 {1}/settings/tokens 上的令牌。</translation>
    </message>
    <message>
        <source>The makers of {0} give it to those who have asked on its page.</source>
        <translation>{0} 的作者只向在其页面上申请过的人提供。</translation>
    </message>
    <message>
        <source>{0} does not accept your token: it may have expired.</source>
        <translation>{0} 不接受您的令牌：可能已过期。</translation>
    </message>
    <message>
        <source>Make a new one at {0}/settings/tokens, then try again.</source>
        <translation>请在 {0}/settings/tokens 新建令牌后重试。</translation>
    </message>
    <message>
        <source>{0} does not give out {1}.</source>
        <translation>{0} 不提供 {1}。</translation>
    </message>
    <message>
        <source>Look at {0}/{1} in a browser; it may say why.</source>
        <translation>请在浏览器中查看 {0}/{1}，那里可能说明原因。</translation>
    </message>
    <message>
        <source>There is no repository {0} on {1}, or it is private.</source>
        <translation>{1} 上没有仓库 {0}，或它不公开。</translation>
    </message>
    <message>
        <source>The repository {0} has no revision “{1}”.</source>
        <translation>仓库 {0} 没有修订版“{1}”。</translation>
    </message>
    <message>
        <source>There is no file {0} in {1} any more.</source>
        <translation>{1} 中已没有文件 {0}。</translation>
    </message>
    <message>
        <source>Choose another model, or correct the entry in your own models.toml.</source>
        <translation>请选择其他模型，或更正您的 models.toml 中的条目。</translation>
    </message>
    <message>
        <source>{0} cannot be downloaded. Its entry in {1} names a file of this computer.</source>
        <translation>无法下载 {0}。{1} 中的条目指向本机文件。</translation>
    </message>
    <message>
        <source>{0} Correct the path there.</source>
        <translation>{0}请更正那里的路径。</translation>
    </message>
    <message>
        <source>in {0} min</source>
        <translation>{0} 分钟后</translation>
    </message>
    <message>
        <source>in a minute</source>
        <translation>一分钟后</translation>
    </message>
    <message>
        <source>{0} asks for a pause: too many requests have come from your network.</source>
        <translation>{0} 要求稍后再试：来自您网络的请求过多。</translation>
    </message>
    <message>
        <source>Try again {0}.</source>
        <translation>请{0}重试。</translation>
    </message>
    <message>
        <source>{0} has trouble of its own (status {1}).</source>
        <translation>{0} 自身出了问题（状态码 {1}）。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>The connection to {0} broke off again and again.</source>
        <translation>与 {0} 的连接反复中断。</translation>
    </message>
    <message>
        <source>Try again, perhaps on another network.</source>
        <translation>请重试，或换一个网络。</translation>
    </message>
    <message>
        <source>{0} on {1} is not the file that the catalogue names: its {2} is another.</source>
        <translation>{1} 上的 {0} 不是目录中所列的文件：其{2}不同。</translation>
    </message>
    <message>
        <source>Its makers may have replaced it. Choose another model, or wait for an update of the app.</source>
        <translation>作者可能已替换该文件。请选择其他模型，或等待程序更新。</translation>
    </message>
    <message>
        <source>What came as {0} is not what {1} promised (its SHA-256 differs), so it was removed.</source>
        <translation>下载到的 {0} 与 {1} 所声明的不符（SHA-256 不同），已删除。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, a proxy or a virus scanner may change files on the way.</source>
        <translation>请重试；如再次发生，可能是代理或杀毒软件在途中改动了文件。</translation>
    </message>
    <message>
        <source>{0} sent {1} with another length than it had said.</source>
        <translation>{0} 发来的 {1} 与声明的长度不符。</translation>
    </message>
    <message>
        <source>{0} gives no SHA-256 for {1}, so nobody could tell whether it came whole.</source>
        <translation>{0} 没有提供 {1} 的 SHA-256，无法判断下载是否完整。</translation>
    </message>
    <message>
        <source>Choose another model, or write the SHA-256 into the entry in your own models.toml.</source>
        <translation>请选择其他模型，或在您的 models.toml 的条目中写入 SHA-256。</translation>
    </message>
    <message>
        <source>{0} more are needed in {1}, {2} are free</source>
        <translation>{1} 还需要 {0}，可用 {2}</translation>
    </message>
    <message>
        <source>There is no room for {0}: {1}.</source>
        <translation>{0} 的空间不足：{1}。</translation>
    </message>
    <message>
        <source>Make room, or name a folder on another disk in the environment variable HF_HOME, then try again.</source>
        <translation>请腾出空间，或用环境变量 HF_HOME 指定另一块磁盘上的文件夹，然后重试。</translation>
    </message>
    <message>
        <source>The disk with {0} has become full.</source>
        <translation>{0} 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>Make room, then try again.</source>
        <translation>请腾出空间后重试。</translation>
    </message>
    <message>
        <source>{0} could not be written into {1}: {2}.</source>
        <translation>无法把 {0} 写入 {1}：{2}。</translation>
    </message>
    <message>
        <source>Mend the folder, or name another one in the environment variable HF_HOME, then try again.</source>
        <translation>请修复该文件夹，或用环境变量 HF_HOME 指定另一个，然后重试。</translation>
    </message>
    <message>
        <source>That {0} is being downloaded could not be noted down in {1}: {2}.</source>
        <translation>无法在 {1} 中记录 {0} 的下载：{2}。</translation>
    </message>
    <message>
        <source>Make room or mend the folder, then try again.</source>
        <translation>请腾出空间或修复该文件夹，然后重试。</translation>
    </message>
    <message>
        <source>{0} is being downloaded already, in another window, command or program.</source>
        <translation>{0} 正在另一个窗口、命令或程序中下载。</translation>
    </message>
    <message>
        <source>It is not fetched twice: wait until it is done there, then look again.</source>
        <translation>不会重复下载：请等那边完成后再看。</translation>
    </message>
    <message>
        <source>The download of {0} ended by itself ({1}).</source>
        <translation>{0} 的下载意外结束（{1}）。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, please report it.</source>
        <translation>请重试；如再次发生，请报告。</translation>
    </message>
    <message>
        <source>measured here with this model</source>
        <translation>在本机用此模型测得</translation>
    </message>
    <message>
        <source>from what was measured here with {0}</source>
        <translation>根据本机用 {0} 的测量推算</translation>
    </message>
    <message>
        <source>laptops&apos; graphics processors</source>
        <translation>笔记本电脑显卡</translation>
    </message>
    <message>
        <source>laptops&apos; processors</source>
        <translation>笔记本电脑处理器</translation>
    </message>
    <message>
        <source>laptops&apos; processors and graphics processors</source>
        <translation>笔记本电脑处理器和显卡</translation>
    </message>
    <message>
        <source>as published for {0}</source>
        <translation>{0}的公开数据</translation>
    </message>
    <message>
        <source>its size is not known before it is downloaded</source>
        <translation>下载前不知道大小</translation>
    </message>
    <message>
        <source>needs {0} on the disk, {1} free</source>
        <translation>需要磁盘空间 {0}，可用 {1}</translation>
    </message>
    <message>
        <source>needs {0}, this computer has {1} of memory</source>
        <translation>需要 {0}，这台电脑有 {1} 内存</translation>
    </message>
    <message>
        <source>needs {0}, {1} free: close other programs first</source>
        <translation>需要 {0}，可用 {1}：请先关闭其他程序</translation>
    </message>
    <message>
        <source>needs {0} for its whole context, this computer has {1} of memory: it is opened with a shorter one</source>
        <translation>完整上下文需要 {0}，这台电脑有 {1} 内存：将以较短的上下文打开</translation>
    </message>
    <message>
        <source>with more memory it would write faster</source>
        <translation>内存更多则写得更快</translation>
    </message>
    <message>
        <source>That is not a token: a token is one word of letters and digits, such as hf_… from {0}/settings/tokens. Nothing was kept.</source>
        <translation>这不是令牌：令牌是一串字母和数字，如 {0}/settings/tokens 上的 hf_…。未保存。</translation>
    </message>
    <message>
        <source>There is no model on this computer, so nothing can be written. Choose Model &gt; Models… to get one. A GGUF file such as {0} can also be dropped on the window, or put into {1}.</source>
        <translation>本机没有模型，因此无法写作。请选择“模型 &gt; 模型管理…”下载。也可以把 {0} 这样的 GGUF 文件拖到窗口上，或放入 {1}。</translation>
    </message>
    <message>
        <source>There is no model on this computer, so nothing can be written. Get one with `longwriter-desktop models download NAME`, or name a GGUF file by its path, or put one such as {0} into {1}.</source>
        <translation>本机没有模型，因此无法写作。请用命令 `longwriter-desktop models download NAME` 下载，或指定 GGUF 文件的路径，或把 {0} 这样的文件放入 {1}。</translation>
    </message>
    <message>
        <source>{0} is not on this computer. Choose Model &gt; Models… to download it ({1}), or put its file {2} into {3}.</source>
        <translation>本机没有 {0}。请选择“模型 &gt; 模型管理…”下载（{1}），或把文件 {2} 放入 {3}。</translation>
    </message>
    <message>
        <source>The model {0} is not on this computer. Get it with `longwriter-desktop models download {1}`: {2} ({3}) from {4}/{5}. Or put that file into {6}.</source>
        <translation>本机没有模型 {0}。请用命令 `longwriter-desktop models download {1}` 从 {4}/{5} 下载 {2}（{3}），或把该文件放入 {6}。</translation>
    </message>
    <message>
        <source>{0}; 10,000 words take {1}, {2}.</source>
        <translation>{0}；写 10,000 字需 {1}，{2}。</translation>
    </message>
    <message>
        <source>needs {0} on {1}, {2} free there</source>
        <translation>需要 {0}（{1}），那里可用 {2}</translation>
    </message>
    <message>
        <source>needs {0}, {1} free</source>
        <translation>需要 {0}，可用 {1}</translation>
    </message>
    <message>
        <source>opened with a context of {0} tokens</source>
        <translation>以 {0} 词元的上下文打开</translation>
    </message>
    <message>
        <source>{0} of {1} layers on {2}</source>
        <translation>{1} 层中的 {0} 层在 {2} 上</translation>
    </message>
    <message>
        <source>about {0} words a minute</source>
        <translation>每分钟约 {0} 字</translation>
    </message>
    <message>
        <source>{0} to {1} words a minute</source>
        <translation>每分钟 {0} 到 {1} 字</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>约一分钟</translation>
    </message>
    <message>
        <source>models folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Hugging Face cache</source>
        <translation>Hugging Face 缓存</translation>
    </message>
    <message>
        <source>your folder</source>
        <translation>您的文件夹</translation>
    </message>
    <message>
        <source>“{0}” is only a part of a model ({1}). Choose the model&apos;s own file.</source>
        <translation>“{0}”只是模型的一部分（{1}）。请选择模型文件本身。</translation>
    </message>
    <message>
        <source>“{0}” is not a model that writes text. Choose a chat or instruct model.</source>
        <translation>“{0}”不是生成文字的模型。请选择对话（chat 或 instruct）模型。</translation>
    </message>
    <message>
        <source>the keyring of this desktop</source>
        <translation>桌面密钥环</translation>
    </message>
    <message>
        <source>the keychain of macOS</source>
        <translation>macOS 钥匙串</translation>
    </message>
    <message>
        <source>the credentials of Windows</source>
        <translation>Windows 凭据管理器</translation>
    </message>
    <message>
        <source>This system has no keyring that keeps secrets safely, so the token was not kept. It can be used for this download, or be given in the environment variable HF_TOKEN.</source>
        <translation>本系统没有能安全保存密码的密钥环，因此未保存令牌。令牌可用于本次下载，也可通过环境变量 HF_TOKEN 提供。</translation>
    </message>
    <message>
        <source>{0} did not take the token, so it was not kept. Unlock the keyring and try again, or use the token for this download alone.</source>
        <translation>{0}没有接受令牌，因此未保存。请解锁密钥环后重试，或仅在本次下载中使用令牌。</translation>
    </message>
    <message>
        <source>The model {0} is not at “{1}”. Correct the path in {2}.</source>
        <translation>模型 {0} 不在“{1}”。请更正 {2} 中的路径。</translation>
    </message>
    <message>
        <source>There is no model {0}. Known are: {1}. Choose one of them, or give the path of a GGUF file.</source>
        <translation>没有模型 {0}。已知的有：{1}。请选择其中之一，或给出 GGUF 文件的路径。</translation>
    </message>
    <message>
        <source>That you agree to “{0}” could not be kept in {1}: {2}. Nothing was downloaded. Make room or mend the folder, then try again.</source>
        <translation>无法在 {1} 中记录您同意“{0}”：{2}。未下载。请腾出空间或修复该文件夹后重试。</translation>
    </message>
    <message>
        <source>{0} comes under the licence “{1}”{2} and its makers want you to agree to it first. Nothing was downloaded. Read the licence and agree, then download.</source>
        <translation>{0} 采用许可协议“{1}”{2}，作者要求先同意。未下载。请阅读并同意许可协议后再下载。</translation>
    </message>
    <message>
        <source>Its file is not at {path} any more. Put it back, or take the model off the list.</source>
        <translation>其文件已不在 {path}。请放回原处，或从列表中移除该模型。</translation>
    </message>
    <message>
        <source>It needs the least memory of those for writing: close other programs first.</source>
        <translation>在用于写作的模型中它占内存最少：请先关闭其他程序。</translation>
    </message>
    <message>
        <source>No model for writing fits this computer&apos;s memory; this one shows how the app works.</source>
        <translation>本机内存不足以运行用于写作的模型；这个模型可用来了解程序的用法。</translation>
    </message>
    <message>
        <source>What has come is kept ({0}); the next try goes on from there.</source>
        <translation>已下载的部分已保留（{0}）；下次从那里继续。</translation>
    </message>
    <message>
        <source>What has come is kept ({0} of {1}); the next try goes on from there.</source>
        <translation>已下载的部分已保留（{0} / {1}）；下次从那里继续。</translation>
    </message>
    <message>
        <source>not on this computer</source>
        <translation>不在本机</translation>
    </message>
    <message>
        <source>, made for {0}</source>
        <translation>，为 {0} 而作</translation>
    </message>
    <message>
        <source>good for</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>not known; checked against the hub&apos;s own</source>
        <translation>未知；按站点提供的值校验</translation>
    </message>
    <message>
        <source>the one in the file</source>
        <translation>文件自带</translation>
    </message>
    <message>
        <source>temperature {0}, top_p {1}, top_k {2}</source>
        <translation>温度 {0}，top_p {1}，top_k {2}</translation>
    </message>
    <message>
        <source>{0} with {1} tokens</source>
        <translation>{0}（{1} 词元）</translation>
    </message>
    <message>
        <source>; you agree to it before the download</source>
        <translation>；下载前需同意</translation>
    </message>
    <message>
        <source>; the hub asks for your token</source>
        <translation>；站点需要您的令牌</translation>
    </message>
    <message>
        <source>the app</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>The file of {0} cannot be read to its end: {1}. Nothing was changed. If that happens again, its disk may be failing.</source>
        <translation>无法完整读取 {0} 的文件：{1}。未作更改。如再次发生，磁盘可能有故障。</translation>
    </message>
    <message>
        <source>The file of {0} is not what was published: it is damaged or another file of that name. Delete it and download it again.</source>
        <translation>{0} 的文件与发布的不符：已损坏，或是同名的其他文件。请删除后重新下载。</translation>
    </message>
    <message>
        <source>The file of {0} is whole and is what was published.</source>
        <translation>{0} 的文件完整，与发布的一致。</translation>
    </message>
    <message>
        <source>The file of {0} is a whole GGUF. Nobody has said what its SHA-256 should be, so it could not be compared.</source>
        <translation>{0} 的文件是完整的 GGUF。没有已知的 SHA-256 可供比对。</translation>
    </message>
    <message>
        <source>“{0}” is your own file or another program&apos;s, which may need it. It would be gone for good.</source>
        <translation>“{0}”是您自己的文件，或其他程序可能需要的文件。删除后无法恢复。</translation>
    </message>
    <message>
        <source>Nothing was deleted: {0}{1} Say so if it is to go.</source>
        <translation>未删除：{0}{1}如确要删除，请确认。</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>未删除任何内容。</translation>
    </message>
    <message>
        <source>A part of it is deleted.</source>
        <translation>已删除一部分。</translation>
    </message>
    <message>
        <source>The file “{0}” could not be deleted: {1}. {2} Close what has it open, or change its permissions, then try again.</source>
        <translation>无法删除文件“{0}”：{1}。{2}请关闭占用它的程序，或更改其权限，然后重试。</translation>
    </message>
    <message>
        <source>{0} came with the app, so it is not deleted. Nothing was changed.</source>
        <translation>{0} 随程序提供，不会删除。未作更改。</translation>
    </message>
    <message>
        <source>The file of {0} is not there any more: “{1}”. Nothing was changed.</source>
        <translation>{0} 的文件已不存在：“{1}”。未作更改。</translation>
    </message>
    <message>
        <source>{0} is open in another window or command. Close it there first; nothing was deleted.</source>
        <translation>{0} 正在另一个窗口或命令中使用。请先在那里关闭；未删除。</translation>
    </message>
    <message>
        <source>{0} is being downloaded just now, here or by another program. Wait until that is done, or stop it; nothing was deleted.</source>
        <translation>{0} 正在由本程序或其他程序下载。请等待完成，或先停止下载；未删除。</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} 个文件</translation>
    </message>
    <message>
        <source>Your models are in “{0}” now: {1}, {2}.</source>
        <translation>您的模型现在位于“{0}”：{1}，{2}。</translation>
    </message>
    <message>
        <source>{0} in the old place could not be deleted, such as “{1}”</source>
        <translation>原位置的 {0} 无法删除，例如“{1}”</translation>
    </message>
    <message>
        <source>{0} {1}: delete them yourself.</source>
        <translation>{0}{1}：请自行删除。</translation>
    </message>
    <message>
        <source>{0} Files that are no models stay in “{1}”.</source>
        <translation>{0}非模型文件仍留在“{1}”。</translation>
    </message>
    <message>
        <source>The models could not be moved to “{0}”: {1}. They are all where they were, in “{2}”. Choose another folder, or make room, then try again.</source>
        <translation>无法把模型移到“{0}”：{1}。所有模型仍在原处“{2}”。请选择其他文件夹，或腾出空间后重试。</translation>
    </message>
    <message>
        <source>Nothing was moved.</source>
        <translation>未移动。</translation>
    </message>
    <message>
        <source>The models are in “{0}” already. {1}</source>
        <translation>模型已在“{0}”中。{1}</translation>
    </message>
    <message>
        <source>“{0}” and “{1}” lie within one another. Choose a folder beside it. {2}</source>
        <translation>“{0}”与“{1}”互为上下级。请选择旁边的文件夹。{2}</translation>
    </message>
    <message>
        <source>“{0}” is a folder of {1}. Choose one that no other program uses. {2}</source>
        <translation>“{0}”是{1}的文件夹。请选择其他程序不用的文件夹。{2}</translation>
    </message>
    <message>
        <source>“{0}” is a folder of {1}, which needs its models there. {2}</source>
        <translation>“{0}”是{1}的文件夹，它需要把模型放在那里。{2}</translation>
    </message>
    <message>
        <source>“{0}” is a file. Choose a folder. {1}</source>
        <translation>“{0}”是文件。请选择文件夹。{1}</translation>
    </message>
    <message>
        <source>The folder “{0}” cannot be used: {1}. {2}</source>
        <translation>无法使用文件夹“{0}”：{1}。{2}</translation>
    </message>
    <message>
        <source>There is not enough room in “{0}”: the models take {1}, {2} are free. {3} Choose another disk, or delete what you do not need.</source>
        <translation>“{0}”空间不足：模型占 {1}，可用 {2}。{3}请选择其他磁盘，或删除不需要的内容。</translation>
    </message>
    <message>
        <source>“{0}” is there already and is another file. Nothing was moved; choose another folder, or rename it.</source>
        <translation>“{0}”已存在，且是另一个文件。未移动；请选择其他文件夹，或将其改名。</translation>
    </message>
    <message>
        <source>“{0}” did not read back as it was written, so nothing was moved: the new disk may be failing. Choose another.</source>
        <translation>“{0}”读回的内容与写入的不一致，因此未移动：新磁盘可能有故障。请另选。</translation>
    </message>
    <message>
        <source>“{0}” cannot be written: {1}. Nothing was moved.</source>
        <translation>无法写入“{0}”：{1}。未移动。</translation>
    </message>
    <message>
        <source>models should be tables such as [models.NAME]</source>
        <translation>models 应为 [models.NAME] 形式的表</translation>
    </message>
    <message>
        <source>The entry {0} in {1} is not written as [models.{2}], so it was left as it is. Take it out with an editor.</source>
        <translation>{1} 中的条目 {0} 不是 [models.{2}] 的写法，因此保持原样。请用编辑器去掉它。</translation>
    </message>
    <message>
        <source>it is written in a form that the app cannot add to</source>
        <translation>其写法使程序无法添加内容</translation>
    </message>
    <message>
        <source>The list of your own models, {0}, could not be saved: {1}. It is as it was. Make room or change its permissions, then try again.</source>
        <translation>无法保存您的模型列表 {0}：{1}。列表保持原样。请腾出空间或更改权限后重试。</translation>
    </message>
    <message>
        <source>The list of your own models, {0}, cannot be changed: {1}. It is as it was. Mend the file or remove it, then try again.</source>
        <translation>无法更改您的模型列表 {0}：{1}。列表保持原样。请修正或删除该文件后重试。</translation>
    </message>
    <message>
        <source>The one in the file</source>
        <translation>文件自带</translation>
    </message>
    <message>
        <source>{0} Nothing was changed.</source>
        <translation>{0}未作更改。</translation>
    </message>
    <message>
        <source>There is no chat template {0}. There are: {1}.</source>
        <translation>没有对话模板 {0}。现有：{1}。</translation>
    </message>
    <message>
        <source>{0} was made for a context of {1} tokens: choose one from 512 to that. Nothing was changed.</source>
        <translation>{0} 的上下文为 {1} 词元：请选择 512 到该值之间的数。未作更改。</translation>
    </message>
    <message>
        <source>You have a model {0} already. Choose another name; nothing was changed.</source>
        <translation>您已有名为 {0} 的模型。请换一个名字；未作更改。</translation>
    </message>
    <message>
        <source>{0} is not one of the models that you have added ({1}). Nothing was changed.</source>
        <translation>{0} 不是您添加的模型（{1}）。未作更改。</translation>
    </message>
    <message>
        <source>It wrote nothing. With this template the model does not answer; choose another.</source>
        <translation>没有写出任何内容。用此模板模型不作回答，请另选。</translation>
    </message>
    <message>
        <source>The reply has marks of a chat in it, so this template is probably not the right one. Choose another.</source>
        <translation>回答中含有对话标记，此模板可能不合适。请另选。</translation>
    </message>
    <message>
        <source>It did not come to an end by itself. A base model does that, or one with the wrong template; choose another if the sentence above is none.</source>
        <translation>回答没有自行结束。基础模型或模板不对时会这样；如果上面不成句，请另选。</translation>
    </message>
    <message>
        <source>the Hugging Face cache</source>
        <translation>Hugging Face 缓存</translation>
    </message>
    <message>
        <source>{0} wrote only {1} words where 100 were asked for, so its speed was not measured. Its chat template may be wrong: choose another one for it, or another model.</source>
        <translation>要求 100 字，{0} 只写了 {1} 字，因此未测得速度。其对话模板可能不对：请换一个模板，或换一个模型。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>字</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字</translation>
    </message>
    <message>
        <source>more</source>
        <translation>多</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>少</translation>
    </message>
    <message>
        <source>text</source>
        <translation>段正文</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>段正文</translation>
    </message>
    <message>
        <source>created</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>1 线程</translation>
    </message>
    <message>
        <source>{0} threads</source>
        <translation>{0} 线程</translation>
    </message>
    <message>
        <source>main point</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>length score</source>
        <translation>长度得分</translation>
    </message>
    <message>
        <source>tight rule</source>
        <translation>紧凑格式</translation>
    </message>
    <message>
        <source>the library made an element that nobody asked for: {0}</source>
        <translation>程序库生成了多余的元素：{0}</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>Whole document as JSON</source>
        <translation>完整文档（JSON）</translation>
    </message>
    <message>
        <source>“{0}” is no format that this app writes</source>
        <translation>“{0}”不是本程序支持的格式</translation>
    </message>
    <message>
        <source>“{0}” has no suffix</source>
        <translation>“{0}”没有扩展名</translation>
    </message>
    <message>
        <source>{0}, so nothing was exported: choose a name that ends in {1}.</source>
        <translation>{0}，因此未导出：请选择以 {1} 结尾的文件名。</translation>
    </message>
    <message>
        <source>“{0}” is a folder, so nothing was exported: choose the name of a file.</source>
        <translation>“{0}”是文件夹，因此未导出：请填写文件名。</translation>
    </message>
    <message>
        <source>There is no folder “{0}”, so nothing was exported: make it, or choose another one.</source>
        <translation>没有文件夹“{0}”，因此未导出：请新建，或另选一个。</translation>
    </message>
    <message>
        <source>“{0}” is no ordinary file, so nothing was exported: choose another name.</source>
        <translation>“{0}”不是普通文件，因此未导出：请换一个名字。</translation>
    </message>
    <message>
        <source>the file that was there is unchanged</source>
        <translation>原有文件保持不变</translation>
    </message>
    <message>
        <source>nothing was exported</source>
        <translation>未导出</translation>
    </message>
    <message>
        <source>No file can have the name “{0}”, so {1}: choose another name.</source>
        <translation>文件不能命名为“{0}”，因此{1}：请换一个名字。</translation>
    </message>
    <message>
        <source>The disk is full, so {0}: free some space or choose another disk for “{1}”.</source>
        <translation>磁盘已满，因此{0}：请腾出空间，或为“{1}”另选磁盘。</translation>
    </message>
    <message>
        <source>“{0}” seems to be open in another program, so {1}: close it there and export again.</source>
        <translation>“{0}”似乎正在另一个程序中打开，因此{1}：请在那里关闭后重新导出。</translation>
    </message>
    <message>
        <source>The folder “{0}” cannot be written to, so {1}: choose another one.</source>
        <translation>无法写入文件夹“{0}”，因此{1}：请另选一个。</translation>
    </message>
    <message>
        <source>The name “{0}…” is too long, so {1}: choose a shorter one.</source>
        <translation>文件名“{0}…”太长，因此{1}：请用短一些的名字。</translation>
    </message>
    <message>
        <source>“{0}” could not be written ({1}), so {2}: try again or choose another place.</source>
        <translation>无法写入“{0}”（{1}），因此{2}：请重试，或另选位置。</translation>
    </message>
    <message>
        <source>{0} is not in UTF-8; save it so in a text editor</source>
        <translation>{0} 不是 UTF-8 编码，请用文本编辑器另存为 UTF-8</translation>
    </message>
    <message>
        <source>The request is not known.</source>
        <translation>未知的请求。</translation>
    </message>
    <message>
        <source>The spelling dictionary {0} in {1} cannot be read ({2}).</source>
        <translation>无法读取 {1} 中的拼写词典 {0}（{2}）。</translation>
    </message>
    <message>
        <source>The text has grown to {0} tokens; with {1} more for the reply it no longer fits the model&apos;s context of {2} tokens. Everything written is kept. Choose a model with a longer context, then write on.</source>
        <translation>正文已有 {0} 词元，加上回答所需的 {1} 词元，已超出模型 {2} 词元的上下文。已写内容均已保留。请选择上下文更长的模型，然后继续写。</translation>
    </message>
    <message>
        <source>, or -1 for what the model&apos;s makers recommend</source>
        <translation>，或 -1（采用模型作者的推荐值）</translation>
    </message>
    <message>
        <source>a number from 0 to 2{0}</source>
        <translation>0 到 2 之间的数{0}</translation>
    </message>
    <message>
        <source>a number from 0 to 1{0}</source>
        <translation>0 到 1 之间的数{0}</translation>
    </message>
    <message>
        <source>a whole number from 0 to 100000{0}</source>
        <translation>0 到 100000 之间的整数{0}</translation>
    </message>
    <message>
        <source>a whole number from -1 to 10000</source>
        <translation>-1 到 10000 之间的整数</translation>
    </message>
    <message>
        <source>&quot;auto&quot;, &quot;f16&quot; or &quot;q8_0&quot;</source>
        <translation>&quot;auto&quot;、&quot;f16&quot; 或 &quot;q8_0&quot;</translation>
    </message>
    <message>
        <source>&quot;auto&quot;, &quot;on&quot; or &quot;off&quot;</source>
        <translation>&quot;auto&quot;、&quot;on&quot; 或 &quot;off&quot;</translation>
    </message>
    <message>
        <source>a whole number from 0 to 512</source>
        <translation>0 到 512 之间的整数</translation>
    </message>
    <message>
        <source>a number from 0 to 10000</source>
        <translation>0 到 10000 之间的数</translation>
    </message>
    <message>
        <source>a whole number from 0 to 10000</source>
        <translation>0 到 10000 之间的整数</translation>
    </message>
    <message>
        <source>a whole number from 0 to 100</source>
        <translation>0 到 100 之间的整数</translation>
    </message>
    <message>
        <source>&quot;system&quot;, &quot;en&quot; or &quot;zh&quot;</source>
        <translation>&quot;system&quot;、&quot;en&quot; 或 &quot;zh&quot;</translation>
    </message>
    <message>
        <source>&quot;system&quot;, &quot;light&quot; or &quot;dark&quot;</source>
        <translation>&quot;system&quot;、&quot;light&quot; 或 &quot;dark&quot;</translation>
    </message>
    <message>
        <source>a whole number from 6 to 96</source>
        <translation>6 到 96 之间的整数</translation>
    </message>
    <message>
        <source>a number from 1 to 4</source>
        <translation>1 到 4 之间的数</translation>
    </message>
    <message>
        <source>a whole number from 30 to 200</source>
        <translation>30 到 200 之间的整数</translation>
    </message>
    <message>
        <source>&quot;paragraph&quot;, &quot;sentence&quot; or &quot;nothing&quot;</source>
        <translation>&quot;paragraph&quot;、&quot;sentence&quot; 或 &quot;nothing&quot;</translation>
    </message>
    <message>
        <source>&quot;auto&quot;, &quot;a4&quot; or &quot;letter&quot;</source>
        <translation>&quot;auto&quot;、&quot;a4&quot; 或 &quot;letter&quot;</translation>
    </message>
    <message>
        <source>a whole number from 0 to 100000</source>
        <translation>0 到 100000 之间的整数</translation>
    </message>
    <message>
        <source>a list of widths in pixels</source>
        <translation>像素宽度列表</translation>
    </message>
    <message>
        <source>a table of keys such as find = &quot;Ctrl+F&quot;</source>
        <translation>形如 find = &quot;Ctrl+F&quot; 的快捷键表</translation>
    </message>
    <message>
        <source>the path of a folder</source>
        <translation>文件夹路径</translation>
    </message>
    <message>
        <source>a list of folders such as [&quot;/data/models&quot;]</source>
        <translation>形如 [&quot;/data/models&quot;] 的文件夹列表</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a list of whole numbers</source>
        <translation>整数列表</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}); the default settings are used.</source>
        <translation>无法读取 {0}（{1}）；使用默认设置。</translation>
    </message>
    <message>
        <source>{0}: {1} should be {2}; the default, {3}, is used.</source>
        <translation>{0}：{1} 应为{2}；使用默认值 {3}。</translation>
    </message>
    <message>
        <source>The prompts in {0} hold no example of a plan. Add one, or remove the file.</source>
        <translation>{0} 中的提示词没有计划示例。请添加，或删除该文件。</translation>
    </message>
    <message>
        <source>The prompts in {0} cannot be read: {1}. Mend the file or remove it.</source>
        <translation>无法读取 {0} 中的提示词：{1}。请修正或删除该文件。</translation>
    </message>
    <message>
        <source>The prompts in {0} lack {1}. Mend the file or remove it.</source>
        <translation>{0} 中的提示词缺少 {1}。请修正或删除该文件。</translation>
    </message>
    <message>
        <source>A prompt cannot be empty. Write something, or put it back as it was.</source>
        <translation>提示词不能为空。请写入内容，或恢复原样。</translation>
    </message>
    <message>
        <source>The prompt lacks {0}, which the app fills in. Put it back in.</source>
        <translation>提示词缺少由程序填写的 {0}。请补回。</translation>
    </message>
    <message>
        <source>The app has nothing to fill in for {0} in this prompt. Take it out.</source>
        <translation>此提示词中的 {0} 没有可填写的内容。请去掉。</translation>
    </message>
    <message>
        <source>two different brackets in rewrite.part</source>
        <translation>rewrite.part 中有两种不同的括号</translation>
    </message>
    <message>
        <source>the document changed after its autosave was closed</source>
        <translation>自动保存关闭之后文档又有改动</translation>
    </message>
    <message>
        <source>No backup could be made; this is a fault of the app ({0}).</source>
        <translation>无法备份，这是程序的错误（{0}）。</translation>
    </message>
    <message>
        <source>No backup of “{0}” could be made: {1}. The document itself is not touched by this. Backups are kept in {2}.</source>
        <translation>无法备份“{0}”：{1}。文档本身不受影响。备份保存在 {2}。</translation>
    </message>
    <message>
        <source>The backup “{0}” could not be deleted: {1}. It is still there.</source>
        <translation>无法删除备份“{0}”：{1}。它仍在原处。</translation>
    </message>
    <message>
        <source>No backup of “{0}” could be made: the file cannot be read any more. Earlier backups of it are kept. Save the document in another place.</source>
        <translation>无法备份“{0}”：文件已无法读取。较早的备份仍在。请把文档保存到其他位置。</translation>
    </message>
    <message>
        <source>its “format” is not “{0}”</source>
        <translation>其“format”不是“{0}”</translation>
    </message>
    <message>
        <source>“{0}” was exported by a newer version of LongWriter Desktop (form {1}; this one reads {2}). Nothing was imported. Update the app, then try again.</source>
        <translation>“{0}”由更新版本的 LongWriter Desktop 导出（格式 {1}；本版本读取 {2}）。未导入。请更新程序后重试。</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>“{0}” cannot be read as a document: {1}. Nothing was imported. Choose a JSON file that LongWriter Desktop has exported.</source>
        <translation>“{0}”无法作为文档读取：{1}。未导入。请选择由 LongWriter Desktop 导出的 JSON 文件。</translation>
    </message>
    <message>
        <source>{0} sections have the id “{1}”</source>
        <translation>有 {0} 个小节的 id 都是“{1}”</translation>
    </message>
    <message>
        <source>{0} stands for no lone surrogate in a text</source>
        <translation>{0} 不代表文本中的单独代理项</translation>
    </message>
    <message>
        <source>a number is too large</source>
        <translation>有数字过大</translation>
    </message>
    <message>
        <source>Clean up its versions or empty its trash, or split the document in two.</source>
        <translation>请清理版本、清空回收站，或把文档拆成两份。</translation>
    </message>
    <message>
        <source>it has {0} MB, and a document&apos;s file has at most {1}</source>
        <translation>文件有 {0} MB，而文档文件最多 {1}</translation>
    </message>
    <message>
        <source>its table “{0}” has {1} rows, and a document has at most {2}</source>
        <translation>表“{0}”有 {1} 行，而文档最多 {2} 行</translation>
    </message>
    <message>
        <source>it has {0} sections, and {1} are the most. {2}</source>
        <translation>有 {0} 个小节，最多为 {1} 个。{2}</translation>
    </message>
    <message>
        <source>its sections have {0} versions, and {1} are the most. {2}</source>
        <translation>各小节共有 {0} 个版本，最多为 {1} 个。{2}</translation>
    </message>
    <message>
        <source>it would have more than {0} MB, which is the most. {1}</source>
        <translation>将超过上限 {0} MB。{1}</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>another window</source>
        <translation>另一个窗口</translation>
    </message>
    <message>
        <source>a command line</source>
        <translation>一个命令行</translation>
    </message>
    <message>
        <source>{0} (process {1}, since {2})</source>
        <translation>{0}（进程 {1}，自 {2}）</translation>
    </message>
    <message>
        <source>another window or command line</source>
        <translation>另一个窗口或命令行</translation>
    </message>
    <message>
        <source>“{0}” is open in {1}, which may change it. Nothing was changed here. Close it there and try again, or work on a copy.</source>
        <translation>“{0}”已在{1}中打开，可能正被修改。此处未作更改。请在那里关闭后重试，或使用副本。</translation>
    </message>
    <message>
        <source>brought to the newest format</source>
        <translation>升级到最新格式</translation>
    </message>
    <message>
        <source>Nothing was left behind.</source>
        <translation>没有留下残余文件。</translation>
    </message>
    <message>
        <source>The file was not changed.</source>
        <translation>文件未作更改。</translation>
    </message>
    <message>
        <source>The file still holds what was saved before.</source>
        <translation>文件中仍是上次保存的内容。</translation>
    </message>
    <message>
        <source>not a project</source>
        <translation>不是文档</translation>
    </message>
    <message>
        <source>too big</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>read-only disk</source>
        <translation>只读磁盘</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>没有文件夹</translation>
    </message>
    <message>
        <source>long name</source>
        <translation>全名</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Make room on the disk and try again, or save it in another place.</source>
        <translation>请腾出磁盘空间后重试，或保存到其他位置。</translation>
    </message>
    <message>
        <source>the file or its folder cannot be written</source>
        <translation>文件或其文件夹不可写</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to, or change the rights of this one.</source>
        <translation>请选择可写入的文件夹，或更改此文件夹的权限。</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>磁盘为只读</translation>
    </message>
    <message>
        <source>Choose a folder on another disk.</source>
        <translation>请选择另一块磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <translation>另一个程序正在使用它</translation>
    </message>
    <message>
        <source>Close it there, wait a moment and try again.</source>
        <translation>请在那里关闭它，稍后重试。</translation>
    </message>
    <message>
        <source>its content is damaged</source>
        <translation>内容已损坏</translation>
    </message>
    <message>
        <source>Use a backup or an earlier copy of it.</source>
        <translation>请使用备份或较早的副本。</translation>
    </message>
    <message>
        <source>this computer is out of memory</source>
        <translation>电脑内存不足</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>it would become too large</source>
        <translation>文件会变得过大</translation>
    </message>
    <message>
        <source>Split the document in two.</source>
        <translation>请把文档拆成两份。</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Look where it was moved to, or save it in another place.</source>
        <translation>请查看它被移到了哪里，或保存到其他位置。</translation>
    </message>
    <message>
        <source>a part of its path is a file, not a folder</source>
        <translation>路径中有一部分是文件而不是文件夹</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>there is a file of that name already</source>
        <translation>已有同名文件</translation>
    </message>
    <message>
        <source>Choose another name, or open that file.</source>
        <translation>请换一个名字，或打开那个文件。</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>请选择一个文件。</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名字太长</translation>
    </message>
    <message>
        <source>Choose a shorter one.</source>
        <translation>请用短一些的名字。</translation>
    </message>
    <message>
        <source>a text in it is too long</source>
        <translation>其中有文本过长</translation>
    </message>
    <message>
        <source>Try again, or save it in another place.</source>
        <translation>请重试，或保存到其他位置。</translation>
    </message>
    <message>
        <source>“{0}” could not be {1}: {2}. {3} {4}</source>
        <translation>“{0}”未能{1}：{2}。{3}{4}</translation>
    </message>
    <message>
        <source>“{0}” could not be opened: {1}. The file was not changed. Use a backup or an earlier copy of it.</source>
        <translation>无法打开“{0}”：{1}。文件未作更改。请使用备份或较早的副本。</translation>
    </message>
    <message>
        <source>it is some other kind of file</source>
        <translation>是其他类型的文件</translation>
    </message>
    <message>
        <source>“{0}” is not a LongWriter document: {1}. It was not changed. Choose a .longwriter file, or make a new document.</source>
        <translation>“{0}”不是 LongWriter 文档：{1}。文件未作更改。请选择 .longwriter 文件，或新建文档。</translation>
    </message>
    <message>
        <source>the system refused it ({0})</source>
        <translation>系统拒绝了（{0}）</translation>
    </message>
    <message>
        <source>1 section</source>
        <translation>1 个小节</translation>
    </message>
    <message>
        <source>{0} sections</source>
        <translation>{0} 个小节</translation>
    </message>
    <message>
        <source>The folder {0} cannot be read: {1}.</source>
        <translation>无法读取文件夹 {0}：{1}。</translation>
    </message>
    <message>
        <source>And {0} more had to be mended.</source>
        <translation>另有 {0} 处已修正。</translation>
    </message>
    <message>
        <source>{0} was not a text</source>
        <translation>{0}不是文本</translation>
    </message>
    <message>
        <source>{0} held bytes that are not text</source>
        <translation>{0}含有非文本字节</translation>
    </message>
    <message>
        <source>{0} was not a whole number</source>
        <translation>{0}不是整数</translation>
    </message>
    <message>
        <source>{0} was below zero</source>
        <translation>{0}小于零</translation>
    </message>
    <message>
        <source>{0} was not a number</source>
        <translation>{0}不是数字</translation>
    </message>
    <message>
        <source>the title and instruction were missing</source>
        <translation>缺少标题和写作要求</translation>
    </message>
    <message>
        <source>there were versions of a section that is not there</source>
        <translation>有不属于任何小节的版本</translation>
    </message>
    <message>
        <source>the title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>the instruction</source>
        <translation>写作要求</translation>
    </message>
    <message>
        <source>the language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>the word target</source>
        <translation>目标字数</translation>
    </message>
    <message>
        <source>the document&apos;s identity</source>
        <translation>文档标识</translation>
    </message>
    <message>
        <source>the document&apos;s identity could not be read</source>
        <translation>无法读取文档标识</translation>
    </message>
    <message>
        <source>the document&apos;s settings</source>
        <translation>文档设置</translation>
    </message>
    <message>
        <source>the document&apos;s settings could not be read</source>
        <translation>无法读取文档设置</translation>
    </message>
    <message>
        <source>the document&apos;s model was not a text</source>
        <translation>文档的模型不是文本</translation>
    </message>
    <message>
        <source>the document&apos;s temperature</source>
        <translation>文档的温度</translation>
    </message>
    <message>
        <source>the document&apos;s seed</source>
        <translation>文档的随机种子</translation>
    </message>
    <message>
        <source>of section {0}{1}</source>
        <translation>第 {0} 节{1}</translation>
    </message>
    <message>
        <source> in the trash</source>
        <translation>（回收站中）</translation>
    </message>
    <message>
        <source>the place {0} was not clear</source>
        <translation>{0}的位置不明确</translation>
    </message>
    <message>
        <source>the id {0}</source>
        <translation>{0}的 id</translation>
    </message>
    <message>
        <source>the main point {0}</source>
        <translation>{0}的要点</translation>
    </message>
    <message>
        <source>the word target {0}</source>
        <translation>{0}的目标字数</translation>
    </message>
    <message>
        <source>the heading {0}</source>
        <translation>{0}的标题</translation>
    </message>
    <message>
        <source>the direction {0}</source>
        <translation>{0}的写作指示</translation>
    </message>
    <message>
        <source>the state {0}</source>
        <translation>{0}的状态</translation>
    </message>
    <message>
        <source>the lock {0}</source>
        <translation>{0}的锁定状态</translation>
    </message>
    <message>
        <source>the basis {0}</source>
        <translation>{0}的依据</translation>
    </message>
    <message>
        <source>the stop reason {0}</source>
        <translation>{0}的停止原因</translation>
    </message>
    <message>
        <source>the text {0}</source>
        <translation>{0}的正文</translation>
    </message>
    <message>
        <source>the summary {0}</source>
        <translation>{0}的摘要</translation>
    </message>
    <message>
        <source>the basis of the summary {0}</source>
        <translation>{0}的摘要依据</translation>
    </message>
    <message>
        <source>of a version ({0})</source>
        <translation>某版本（{0}）</translation>
    </message>
    <message>
        <source>the origin {0}</source>
        <translation>{0}的来源</translation>
    </message>
    <message>
        <source>the time {0}</source>
        <translation>{0}的时间</translation>
    </message>
    <message>
        <source>the model {0}</source>
        <translation>{0}的模型</translation>
    </message>
    <message>
        <source>the seed {0}</source>
        <translation>{0}的随机种子</translation>
    </message>
    <message>
        <source>the temperature {0}</source>
        <translation>{0}的温度</translation>
    </message>
    <message>
        <source>a number in the first plan</source>
        <translation>初始计划中的编号</translation>
    </message>
    <message>
        <source>a main point in the first plan</source>
        <translation>初始计划中的要点</translation>
    </message>
    <message>
        <source>a word target in the first plan</source>
        <translation>初始计划中的目标字数</translation>
    </message>
    <message>
        <source>section {0} had no id of its own</source>
        <translation>第 {0} 节没有自己的 id</translation>
    </message>
    <message>
        <source>row {0} of {1} is missing</source>
        <translation>{1} 缺少第 {0} 行</translation>
    </message>
    <message>
        <source>{0} of {1} could be read, {2} {3}</source>
        <translation>{1}中可读取 {0}，{2} {3}</translation>
    </message>
    <message>
        <source>an older version</source>
        <translation>旧版本</translation>
    </message>
    <message>
        <source>older versions</source>
        <translation>旧版本</translation>
    </message>
    <message>
        <source>; {0} more in {1}</source>
        <translation>；另有 {0}（{1}）</translation>
    </message>
    <message>
        <source>; of {0} {1} only the beginning</source>
        <translation>；其中 {0} {1}只有开头</translation>
    </message>
    <message>
        <source>Nothing could be read of “{0}”: no section is left in it. The file was not changed. Use a backup or an earlier copy of it.</source>
        <translation>“{0}”中没有可读取的内容：已没有任何小节。文件未作更改。请使用备份或较早的副本。</translation>
    </message>
    <message>
        <source>“{0}” is not a file. Nothing was changed. Choose a {1} file.</source>
        <translation>“{0}”不是文件。未作更改。请选择 {1} 文件。</translation>
    </message>
    <message>
        <source>“{0}” was not read: {1}. The file was not changed.</source>
        <translation>未读取“{0}”：{1}。文件未作更改。</translation>
    </message>
    <message>
        <source>no record</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>reading it takes more memory than any document needs</source>
        <translation>读取它所需的内存超出任何文档的需要</translation>
    </message>
    <message>
        <source>“{0}” was opened for reading only, so it was not saved. It holds what it held before. Save the document in another place.</source>
        <translation>“{0}”以只读方式打开，因此没有保存，内容保持原样。请把文档保存到其他位置。</translation>
    </message>
    <message>
        <source>save after close</source>
        <translation>关闭之后保存</translation>
    </message>
    <message>
        <source>before repair</source>
        <translation>修复前</translation>
    </message>
    <message>
        <source>“{0}” has been saved by another window or program since it was opened here. It was not overwritten, and the text in this window is kept. Open the file again to see the other text, or save this one under another name.</source>
        <translation>“{0}”在此处打开之后，已被另一个窗口或程序保存过。没有覆盖它，此窗口中的内容也已保留。可重新打开文件查看另一份内容，或用其他名字为这份保存副本。</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>“{0}” was not opened: {1}. It was not changed. Choose another file, or an earlier copy of it.</source>
        <translation>未打开“{0}”：{1}。文件未作更改。请选择其他文件，或较早的副本。</translation>
    </message>
    <message>
        <source>it is a database of another program</source>
        <translation>是其他程序的数据库</translation>
    </message>
    <message>
        <source>the number of its format makes no sense</source>
        <translation>格式编号无效</translation>
    </message>
    <message>
        <source>“{0}” was written by a newer version of LongWriter Desktop (format {1}; this version knows formats up to {2}). It was not changed. Update the app, then open it again.</source>
        <translation>“{0}”由更新版本的 LongWriter Desktop 写成（格式 {1}；本版本最高支持 {2}）。文件未作更改。请更新程序后再打开。</translation>
    </message>
    <message>
        <source>“{0}” could not be saved: the file has been moved or deleted. The text in this window is kept. Put the file back, or save the document in another place.</source>
        <translation>无法保存“{0}”：文件已被移动或删除。此窗口中的内容已保留。请把文件放回，或把文档保存到其他位置。</translation>
    </message>
    <message>
        <source>“{0}” was not saved: another file lies in its place. That file was not changed, and the text in this window is kept. Save the document under another name.</source>
        <translation>未保存“{0}”：原位置上是另一个文件。那个文件未作更改，此窗口中的内容已保留。请用其他名字保存文档。</translation>
    </message>
    <message>
        <source>The document could not be saved: {0} The file holds what was saved before.</source>
        <translation>无法保存文档：{0}文件中仍是上次保存的内容。</translation>
    </message>
    <message>
        <source>“{0}” can be read but not saved: the file or its folder is read-only. It was not changed. Open it for reading only, or copy it to a folder that you may write to.</source>
        <translation>“{0}”可读取但无法保存：文件或其文件夹为只读。文件未作更改。请以只读方式打开，或复制到可写入的文件夹。</translation>
    </message>
    <message>
        <source>not a folder</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>There can be from 2 to {0} alternatives. Nothing was changed.</source>
        <translation>备选稿可有 2 到 {0} 份。未作更改。</translation>
    </message>
    <message>
        <source>The section is locked, so nothing was written. Unlock it, then try again.</source>
        <translation>该小节已锁定，因此没有写作。请先解锁再试。</translation>
    </message>
    <message>
        <source>needs {0} GB, {1} GB free</source>
        <translation>需要 {0} GB，可用 {1} GB</translation>
    </message>
    <message>
        <source>The sections are written at the same time, from the plan alone. They do not know each other: texts made so were 6 % less coherent in the paper&apos;s measurement.</source>
        <translation>各小节只依据写作计划同时写作，彼此不了解：论文测得这样写出的文章连贯性低 6%。</translation>
    </message>
    <message>
        <source>The document has no plan yet. Make a plan first, then write.</source>
        <translation>文档还没有写作计划。请先制定计划，再写作。</translation>
    </message>
    <message>
        <source>There are no words to look for. Name the passage by its exact words; nothing was changed.</source>
        <translation>没有给出要找的文字。请给出该段的原文；未作更改。</translation>
    </message>
    <message>
        <source>These words stand nowhere in the section. Copy them as they are, Markdown and all; nothing was changed.</source>
        <translation>该小节中没有这些文字。请连同 Markdown 标记原样复制；未作更改。</translation>
    </message>
    <message>
        <source>These words stand {0} times in the section. Take a few more, so that it is clear which are meant; nothing was changed.</source>
        <translation>这些文字在该小节中出现 {0} 次。请多选几个字以便确定；未作更改。</translation>
    </message>
    <message>
        <source>There is no instruction. Say in a sentence what is to be written, then plan again.</source>
        <translation>还没有写作要求。请用一句话说明要写什么，然后再制定计划。</translation>
    </message>
    <message>
        <source>There is no plan yet.</source>
        <translation>还没有写作计划。</translation>
    </message>
    <message>
        <source> and more</source>
        <translation>等</translation>
    </message>
    <message>
        <source>the numbers {0}</source>
        <translation>{0}的编号</translation>
    </message>
    <message>
        <source>The loaded plan has no line with {0}; its lines were numbered anew in their order.</source>
        <translation>载入的计划缺少编号 {0} 的行；已按顺序重新编号。</translation>
    </message>
    <message>
        <source>Make its main point clearer, or leave it out where it has none</source>
        <translation>写清要点；没有要点则去掉该节</translation>
    </message>
    <message>
        <source>Section {0} says too little to write from: “{1}”.</source>
        <translation>第 {0} 节的要点太少，难以成文：“{1}”。</translation>
    </message>
    <message>
        <source>Section {0} has no main point yet.</source>
        <translation>第 {0} 节还没有要点。</translation>
    </message>
    <message>
        <source>The main point of section {0} has {1} {2}; a model follows a sentence or two.</source>
        <translation>第 {0} 节的要点有 {1} {2}；一两句话模型才跟得上。</translation>
    </message>
    <message>
        <source>Keep its first sentences, and make the rest the section&apos;s direction</source>
        <translation>保留开头几句，其余作为该节的写作指示</translation>
    </message>
    <message>
        <source>Section {0} ends in the middle of a sentence: “… {1}”.</source>
        <translation>第 {0} 节的要点在句中断开：“… {1}”。</translation>
    </message>
    <message>
        <source>Leave out what was cut off</source>
        <translation>去掉断开的部分</translation>
    </message>
    <message>
        <source>Leave out section {0}</source>
        <translation>去掉第 {0} 节</translation>
    </message>
    <message>
        <source>Sections {0} and {1} say nearly the same: “{2}”, “{3}”.</source>
        <translation>第 {0} 节与第 {1} 节几乎相同：“{2}”、“{3}”。</translation>
    </message>
    <message>
        <source>Add it as section {0}, with its share of the words</source>
        <translation>作为第 {0} 节加入，并分配字数</translation>
    </message>
    <message>
        <source>Add it to section {0}</source>
        <translation>并入第 {0} 节</translation>
    </message>
    <message>
        <source>The instruction names “{0}”, and no section takes it up.</source>
        <translation>写作要求提到“{0}”，但没有小节涉及。</translation>
    </message>
    <message>
        <source>Section {0} is to have {1} {2}; a section does best with {3} to {4}.</source>
        <translation>第 {0} 节定为 {1} {2}；每节以 {3} 到 {4} 为宜。</translation>
    </message>
    <message>
        <source>The plan adds up to {0} {1}, {2} {3} than the {4} asked for.</source>
        <translation>计划合计 {0} {1}，比要求的 {4} {3} {2}。</translation>
    </message>
    <message>
        <source>Instruction and plan alone take about {0} of the {1} tokens of the model&apos;s context. Shorten the plan, or choose a model with a longer one.</source>
        <translation>仅写作要求和计划就约占 {0} 词元，而模型的上下文共 {1} 词元。请缩短计划，或选用上下文更长的模型。</translation>
    </message>
    <message>
        <source>Plan and text come to about {0} tokens, and the model&apos;s context holds {1}: the later sections are written with summaries of the middle in view, not with its text.</source>
        <translation>计划和正文约 {0} 词元，而模型的上下文为 {1}：写后面的小节时，模型看到的是中间部分的摘要，而不是全文。</translation>
    </message>
    <message>
        <source>The tone has no name: say tone:formal, for example. Nothing was changed.</source>
        <translation>没有说明语气：例如 tone:formal。未作更改。</translation>
    </message>
    <message>
        <source>Say how the passage is to be rewritten: shorten, for example. Nothing was changed.</source>
        <translation>请说明如何改写，例如精简。未作更改。</translation>
    </message>
    <message>
        <source>The section is locked, so nothing was rewritten. Unlock it, then try again.</source>
        <translation>该小节已锁定，因此没有改写。请先解锁再试。</translation>
    </message>
    <message>
        <source>Divide long sections, and share the words out</source>
        <translation>拆分过长的小节，并重新分配字数</translation>
    </message>
    <message>
        <source>Share the words out</source>
        <translation>重新分配字数</translation>
    </message>
    <message>
        <source>Divide long sections, and scale the targets to {0}</source>
        <translation>拆分过长的小节，并把目标字数调整到 {0}</translation>
    </message>
    <message>
        <source>Scale the targets to {0}</source>
        <translation>把目标字数调整到 {0}</translation>
    </message>
    <message>
        <source>There are no words in the passage, so nothing was rewritten. Mark some text first.</source>
        <translation>所选内容没有文字，因此没有改写。请先选中文字。</translation>
    </message>
    <message>
        <source>only sections that stand next to each other can be joined</source>
        <translation>只能合并相邻的小节</translation>
    </message>
    <message>
        <source>{0} versions cannot be kept</source>
        <translation>无法保留 {0} 个版本</translation>
    </message>
</context>
</TS>
