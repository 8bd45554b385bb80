<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Background</name>
    <message>
        <source>Something went wrong; this is a fault of the app. Nothing of yours was changed. Try it again.</source>
        <translation>出错了，这是应用本身的问题。您的内容没有任何改动，请重试。</translation>
    </message>
</context>
<context>
    <name>BeforeDownload</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Long documents of 10,000 words and more, which it was trained to write; a usual balance of size and quality.</source>
        <translation>专为万字以上的长文训练，体积与质量兼顾。</translation>
    </message>
    <message>
        <source>Long documents, a little closer to the original than Q4_K_M, for a larger file and slower writing.</source>
        <translation>适合长文档，比 Q4_K_M 更接近原始模型，但文件更大、写得更慢。</translation>
    </message>
    <message>
        <source>Long documents on computers with memory to spare: close to the original.</source>
        <translation>适合内存充裕的电脑写长文档，接近原始模型。</translation>
    </message>
    <message>
        <source>Long documents on a large graphics processor: as good as the original.</source>
        <translation>适合显存较大的显卡写长文档，与原始模型相当。</translation>
    </message>
    <message>
        <source>Long documents where Q4_K_M is just too large.</source>
        <translation>适合在 Q4_K_M 略显过大时写长文档。</translation>
    </message>
    <message>
        <source>Long documents with the least memory of the LongWriter files.</source>
        <translation>适合写长文档，是 LongWriter 各文件中占用内存最少的。</translation>
    </message>
    <message>
        <source>Long documents in Chinese or English; its memory of the text takes a third of what LongWriter 8B&apos;s takes.</source>
        <translation>适合中文或英文长文档；记住正文所需的内存只有 LongWriter 8B 的三分之一。</translation>
    </message>
    <message>
        <source>Documents in English or Chinese on smaller laptops; strong for its size, not trained for very long texts.</source>
        <translation>适合配置较低的笔记本写中英文文档；同等大小中表现出色，但未针对超长文本训练。</translation>
    </message>
    <message>
        <source>Documents in English or Chinese where memory is short: a long text takes less than half of what it takes in models of its size.</source>
        <translation>适合内存紧张时写中英文文档：长文本占用的内存不到同等大小模型的一半。</translation>
    </message>
    <message>
        <source>Factual documents in English on smaller laptops.</source>
        <translation>适合配置较低的笔记本写英文的说明性文档。</translation>
    </message>
    <message>
        <source>Documents in English on laptops with little free memory.</source>
        <translation>适合可用内存较少的笔记本写英文文档。</translation>
    </message>
    <message>
        <source>First drafts in English or Chinese on old laptops with 4 GB of memory; what it claims needs checking.</source>
        <translation>适合 4 GB 内存的旧笔记本写中英文初稿；所述内容需要核对。</translation>
    </message>
    <message>
        <source>Trying the app out: small and fast on any computer; what it writes is not for use.</source>
        <translation>用于试用本应用：体积小，在任何电脑上都很快；写出的内容不宜实际使用。</translation>
    </message>
</context>
<context>
    <name>DownloadWatch</name>
    <message>
        <source>The download of {title} stopped; this is a fault of the app. What has come is kept. Try again, or report what the log says.</source>
        <translation>“{title}”的下载已中断，这是应用本身的问题。已下载的部分会保留。请重试，或反馈日志内容。</translation>
    </message>
    <message>
        <source>What has come of {title} could not be deleted; this is a fault of the app. Try again, or report what the log says.</source>
        <translation>“{title}”已下载的部分未能删除，这是应用本身的问题。请重试，或反馈日志内容。</translation>
    </message>
</context>
<context>
    <name>FileFacts</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可协议</translation>
    </message>
    <message>
        <source>{number} parameters</source>
        <translation>{number} 参数</translation>
    </message>
    <message>
        <source>{count} layers</source>
        <translation>{count} 层</translation>
    </message>
    <message>
        <source>made for up to {tokens} tokens, about {words} words</source>
        <translation>最多支持 {tokens} 个词元，约合英文 {words} 词</translation>
    </message>
    <message>
        <source>in the file</source>
        <translation>文件自带</translation>
    </message>
    <message>
        <source>none in the file</source>
        <translation>文件中没有</translation>
    </message>
</context>
<context>
    <name>FolderMove</name>
    <message>
        <source>Move the models to {folder}? Each file is copied and compared before it is removed here.</source>
        <translation>要把模型移动到 {folder} 吗？每个文件都会先复制并核对，然后才从原处删除。</translation>
    </message>
    <message>
        <source>A move to {folder} was broken off; nothing is lost. Go on with it?</source>
        <translation>上次移动到 {folder} 时中断了，没有丢失任何文件。要继续吗？</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Progress of the move</source>
        <translation>移动进度</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Move the models to</source>
        <translation>将模型移动到</translation>
    </message>
    <message>
        <source>Moving…</source>
        <translation>正在移动…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Moving {name} · {percent} %</source>
        <translation>正在移动 {name} · {percent}%</translation>
    </message>
    <message>
        <source>Stopped: the models are where they were.</source>
        <translation>已停止，模型仍在原处。</translation>
    </message>
    <message>
        <source>The folder is “{folder}” now. There was nothing to move.</source>
        <translation>文件夹现为“{folder}”。没有需要移动的文件。</translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>No other folder.</source>
        <translation>没有其他文件夹。</translation>
    </message>
    <message>
        <source>Folders with models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Also look in</source>
        <translation>其他查找位置</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The app&apos;s own folder</source>
        <translation>应用的模型文件夹</translation>
    </message>
    <message>
        <source>A GGUF file that you put here is in the list of models at once.</source>
        <translation>放入此处的 GGUF 文件会立即出现在模型列表中。</translation>
    </message>
    <message>
        <source>Models in these folders are offered where they lie. Nothing is copied there or deleted. The Hugging Face cache and the folders of LM Studio, Ollama and Jan are looked into by themselves.</source>
        <translation>这些文件夹中的模型直接在原处使用，不会复制或删除任何文件。Hugging Face 缓存以及 LM Studio、Ollama 和 Jan 的文件夹会自动查找。</translation>
    </message>
    <message>
        <source>Choose a folder with models</source>
        <translation>选择存放模型的文件夹</translation>
    </message>
    <message>
        <source>{folder} (not there now)</source>
        <translation>{folder}（目前不存在）</translation>
    </message>
</context>
<context>
    <name>Group</name>
    <message>
        <source>On this computer</source>
        <translation>本机已有</translation>
    </message>
    <message>
        <source>In other programs</source>
        <translation>其他程序中的模型</translation>
    </message>
    <message>
        <source>Can be downloaded</source>
        <translation>可以下载</translation>
    </message>
    <message>
        <source>The same models in other sizes</source>
        <translation>同一模型的其他版本</translation>
    </message>
</context>
<context>
    <name>LicenceDialog</name>
    <message>
        <source>Licence</source>
        <translation>许可协议</translation>
    </message>
    <message>
        <source>Agree and download</source>
        <translation>同意并下载</translation>
    </message>
    <message>
        <source>{title} comes under the licence below. Its makers want you to agree to it before you use the model; the app keeps that and when you did. Nothing is sent to anybody.</source>
        <translation>“{title}”适用以下许可协议。其制作者要求您在使用模型前同意该协议；应用会在本机记录您同意的时间，不会向任何人发送信息。</translation>
    </message>
    <message>
        <source>Where the licence can be read is not known to the app. Look for it on the model&apos;s own page.</source>
        <translation>应用不知道在哪里可以阅读该许可协议，请到模型的网页上查找。</translation>
    </message>
    <message>
        <source>Address of the licence</source>
        <translation>许可协议网址</translation>
    </message>
    <message>
        <source>I have read the licence and agree to it</source>
        <translation>我已阅读并同意该许可协议</translation>
    </message>
</context>
<context>
    <name>LoadedLine</name>
    <message>
        <source>No model is chosen, and none is loaded.</source>
        <translation>尚未选择模型，也没有加载任何模型。</translation>
    </message>
    <message>
        <source>{title} is chosen. It is loaded when you make a plan or write.</source>
        <translation>已选择“{title}”，将在制定计划或写作时加载。</translation>
    </message>
    <message>
        <source>{amount} of memory</source>
        <translation>内存 {amount}</translation>
    </message>
    <message>
        <source>context of {tokens} tokens</source>
        <translation>上下文 {tokens} 个词元</translation>
    </message>
    <message>
        <source>Loaded now: {title} · {facts}</source>
        <translation>已加载：{title} · {facts}</translation>
    </message>
</context>
<context>
    <name>MachineWords</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>{device}, {count} cores · {memory}</source>
        <translation>{device}，{count} 核 · {memory}</translation>
    </message>
    <message>
        <source>{device}, 1 core · {memory}</source>
        <translation>{device}，1 核 · {memory}</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>needs {memory}</source>
        <translation>需要 {memory} 内存</translation>
    </message>
    <message>
        <source>{time} for {words} words</source>
        <translation>写 {words} 字{time}</translation>
    </message>
</context>
<context>
    <name>ModelCombo</name>
    <message>
        <source>Get more models…</source>
        <translation>模型管理…</translation>
    </message>
    <message>
        <source>Open a model file (GGUF)…</source>
        <translation>打开 GGUF 模型文件…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>not made for Chinese</source>
        <translation>不是为中文训练的</translation>
    </message>
    <message>
        <source>not made for English</source>
        <translation>不是为英文训练的</translation>
    </message>
    <message>
        <source>No model on this computer yet</source>
        <translation>本机还没有模型</translation>
    </message>
</context>
<context>
    <name>ModelDelegate</name>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>best choice here</source>
        <translation>本机最佳选择</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Progress of the download</source>
        <translation>下载进度</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel…</source>
        <translation>取消…</translation>
    </message>
    <message>
        <source>Try this model</source>
        <translation>试用此模型</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Choose a model on the left.</source>
        <translation>请在左侧选择一个模型。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Take off the list…</source>
        <translation>从列表移除…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download {size}</source>
        <translation>下载 {size}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>Recommended.</source>
        <translation>推荐使用。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可协议</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>所在位置</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>{memory} with a context of {tokens} tokens</source>
        <translation>{memory}（上下文 {tokens} 个词元）</translation>
    </message>
    <message>
        <source>up to {tokens} tokens</source>
        <translation>最多 {tokens} 个词元</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>上下文上限</translation>
    </message>
    <message>
        <source>never with this app</source>
        <translation>从未在本应用中使用</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <comment>a date and time as QLocale.toString takes it</comment>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>较慢</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Fits this computer</source>
        <translation>适合这台电脑</translation>
    </message>
    <message>
        <source>Will be slow here</source>
        <translation>在这台电脑上会较慢</translation>
    </message>
    <message>
        <source>Too large for this computer</source>
        <translation>超出这台电脑的能力</translation>
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
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德文</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法文</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙文</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日文</translation>
    </message>
    <message>
        <source>about {time} minutes</source>
        <translation>约需 {time} 分钟</translation>
    </message>
    <message>
        <source>{shortest} to {longest} minutes</source>
        <translation>需 {shortest} 至 {longest} 分钟</translation>
    </message>
    <message>
        <source>about {time} hours</source>
        <translation>约需 {time} 小时</translation>
    </message>
    <message>
        <source>{shortest} to {longest} hours</source>
        <translation>需 {shortest} 至 {longest} 小时</translation>
    </message>
    <message>
        <source>{verdict}.</source>
        <translation>{verdict}。</translation>
    </message>
    <message>
        <source>{verdict}: {reason}.</source>
        <translation>{verdict}：{reason}。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{figure}, {source}</source>
        <translation>{figure}（{source}）</translation>
    </message>
    <message>
        <source>about {pace} words a minute on average</source>
        <translation>平均每分钟约 {pace} 字</translation>
    </message>
    <message>
        <source>{least} to {most} words a minute on average</source>
        <translation>平均每分钟 {least} 至 {most} 字</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>约需 1 分钟</translation>
    </message>
    <message>
        <source>{words} words take {time}.</source>
        <translation>写 {words} 字{time}。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>{languages} and {count} more</source>
        <translation>{languages}等另外 {count} 种</translation>
    </message>
    <message>
        <source>{number} billion</source>
        <translation>{number}B</translation>
    </message>
    <message>
        <source>{number} million</source>
        <translation>{number}M</translation>
    </message>
    <message>
        <source>{sentence}.</source>
        <translation>{sentence}。</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型管理</translation>
    </message>
    <message>
        <source>Looking for models on this computer…</source>
        <translation>正在查找本机的模型…</translation>
    </message>
    <message>
        <source>No model was found. Add a file, or see what can be downloaded when the catalogue can be read.</source>
        <translation>没有找到模型。请添加文件，或在目录可读取时查看可下载的模型。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ModelsMenu</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Downloading {title}: {how_far}</source>
        <translation>正在下载“{title}”：{how_far}</translation>
    </message>
    <message>
        <source>Download {how_far}</source>
        <translation>下载 {how_far}</translation>
    </message>
    <message>
        <source>The download of {title} is not finished ({amount}).</source>
        <translation>“{title}”尚未下载完（{amount}）。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型管理…</translation>
    </message>
    <message>
        <source>{title} is on this computer now, whole and verified.</source>
        <translation>“{title}”已下载到本机，并通过完整性校验。</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>{title} is on this computer now, whole and verified. It is the model in use.</source>
        <translation>“{title}”已下载到本机，并通过完整性校验，现已设为使用中的模型。</translation>
    </message>
    <message>
        <source>This system names no program that shows folders. The file is in {folder}.</source>
        <translation>系统没有可显示文件夹的程序。文件位于 {folder}。</translation>
    </message>
    <message>
        <source>{title} is the model in use. Choose another one first; nothing was deleted.</source>
        <translation>“{title}”正在使用中。请先选择其他模型；没有删除任何文件。</translation>
    </message>
    <message>
        <source>Something went wrong; this is a fault of the app. No file was changed. Try it again.</source>
        <translation>出错了，这是应用本身的问题。没有改动任何文件，请重试。</translation>
    </message>
</context>
<context>
    <name>OwnDetails</name>
    <message>
        <source>Name, context, template…</source>
        <translation>名称、上下文、模板…</translation>
    </message>
    <message>
        <source>Add to my models…</source>
        <translation>添加到我的模型…</translation>
    </message>
    <message>
        <source>Choose a template…</source>
        <translation>选择模板…</translation>
    </message>
</context>
<context>
    <name>OwnFileDialog</name>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>模型文件</translation>
    </message>
    <message>
        <source>Path of a GGUF file</source>
        <translation>GGUF 文件的路径</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Drop a GGUF file here, or choose one. It stays where it is; nothing is copied.</source>
        <translation>将 GGUF 文件拖到这里，或选择一个文件。文件留在原处，不会复制。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add to the list</source>
        <translation>添加到列表</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Reading what the file says…</source>
        <translation>正在读取文件信息…</translation>
    </message>
    <message>
        <source>{tokens} tokens · {memory}</source>
        <translation>{tokens} 个词元 · {memory}</translation>
    </message>
    <message>
        <source>Choose a chat template first, and try it.</source>
        <translation>请先选择一个对话模板并试用。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>正在添加…</translation>
    </message>
</context>
<context>
    <name>OwnFiles</name>
    <message>
        <source>Add a file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>The model is at work on your document, and its file may be in this folder. Pause it, then move the models.</source>
        <translation>模型正在写作，其文件可能就在此文件夹中。请先暂停，再移动模型。</translation>
    </message>
    <message>
        <source>A model is being tried. Stop that, then move the models.</source>
        <translation>正在试用模型。请先停止，再移动模型。</translation>
    </message>
    <message>
        <source>Stopped, because the model in use was asked for something.</source>
        <translation>已停止，因为使用中的模型收到了任务。</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Stop, go on later</source>
        <translation>停止，稍后继续</translation>
    </message>
    <message>
        <source>Stop and delete it</source>
        <translation>停止并删除</translation>
    </message>
    <message>
        <source>Go on downloading</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Delete the file</source>
        <translation>删除文件</translation>
    </message>
    <message>
        <source>Only take it off the list</source>
        <translation>仅从列表移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Quit, go on later</source>
        <translation>退出，稍后继续</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>{amount} are here. While they are kept, the download can go on from there.</source>
        <translation>已下载 {amount}。保留这部分，以后可以接着下载。</translation>
    </message>
    <message>
        <source>Discard a download</source>
        <translation>放弃下载</translation>
    </message>
    <message>
        <source>Delete what has come of {title}?</source>
        <translation>要删除“{title}”已下载的部分吗？</translation>
    </message>
    <message>
        <source>{amount} are here. They can be kept, so that it goes on from there another time, or deleted.</source>
        <translation>已下载 {amount}。可以保留，以后接着下载，也可以删除。</translation>
    </message>
    <message>
        <source>Stop the download</source>
        <translation>停止下载</translation>
    </message>
    <message>
        <source>Stop the download of {title}?</source>
        <translation>要停止下载“{title}”吗？</translation>
    </message>
    <message>
        <source>Take a model off the list</source>
        <translation>从列表移除模型</translation>
    </message>
    <message>
        <source>Take {title} off the list?</source>
        <translation>要从列表移除“{title}”吗？</translation>
    </message>
    <message>
        <source>You have added it yourself. None of its files is deleted.</source>
        <translation>这是您自己添加的模型，不会删除任何文件。</translation>
    </message>
    <message>
        <source>Delete {title}?</source>
        <translation>要删除“{title}”吗？</translation>
    </message>
    <message>
        <source>Delete a model</source>
        <translation>删除模型</translation>
    </message>
    <message>
        <source>{size} become free.</source>
        <translation>将释放 {size} 空间。</translation>
    </message>
    <message>
        <source>Other programs that use the Hugging Face cache lose it too.</source>
        <translation>使用 Hugging Face 缓存的其他程序也将无法再使用它。</translation>
    </message>
    <message>
        <source>{title} is being downloaded.</source>
        <translation>正在下载“{title}”。</translation>
    </message>
    <message>
        <source>{title} is being downloaded ({amount}).</source>
        <translation>正在下载“{title}”（{amount}）。</translation>
    </message>
    <message>
        <source>A download goes on</source>
        <translation>下载尚未完成</translation>
    </message>
    <message>
        <source>What has come is kept, and the next start goes on with it.</source>
        <translation>已下载的部分会保留，下次启动时可以继续。</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>{title} is deleted.</source>
        <translation>已删除“{title}”。</translation>
    </message>
    <message>
        <source>{title} is deleted. {size} are free again.</source>
        <translation>已删除“{title}”，释放了 {size} 空间。</translation>
    </message>
    <message>
        <source>{title} is off the list.</source>
        <translation>已从列表移除“{title}”。</translation>
    </message>
    <message>
        <source>{title} is off the list. Its file is where it was.</source>
        <translation>已从列表移除“{title}”，文件仍在原处。</translation>
    </message>
</context>
<context>
    <name>TemplatePanel</name>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>What the model answers</source>
        <translation>模型的回答</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>选择模板</translation>
    </message>
    <message>
        <source>The one in the file</source>
        <translation>文件自带的模板</translation>
    </message>
    <message>
        <source>{title} (fits this model’s tokens)</source>
        <translation>{title}（与此模型的词元相符）</translation>
    </message>
    <message>
        <source>{title}: {models}</source>
        <translation>{title}：{models}</translation>
    </message>
    <message>
        <source>Loading the model for one sentence…</source>
        <translation>正在加载模型，只写一句话…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>If that is a whole sentence about the sea, the template is right. If it is not, choose another.</source>
        <translation>如果这是一句完整的关于大海的话，模板就是对的；否则请换一个。</translation>
    </message>
    <message>
        <source>Asked for one sentence about the sea, it answers:</source>
        <translation>请它写一句关于大海的话，它回答：</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>LongWriter-glm4-9b and other GLM-4 models</source>
        <translation>LongWriter-glm4-9b 及其他 GLM-4 模型</translation>
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
        <source>Phi 3 and 3.5</source>
        <translation>Phi 3 和 3.5</translation>
    </message>
    <message>
        <source>Vicuna and models without tokens of their own for turns</source>
        <translation>Vicuna 以及没有专用对话词元的模型</translation>
    </message>
</context>
<context>
    <name>TokenDialog</name>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Keep it in {keyring}</source>
        <translation>保存到{keyring}</translation>
    </message>
    <message>
        <source>It goes to the hub alone, and is never written into a file of the app&apos;s.</source>
        <translation>令牌只会发送给模型站点，不会写入应用的任何文件。</translation>
    </message>
    <message>
        <source>This system has no keyring that the app can use, so the token is forgotten when the app ends.</source>
        <translation>系统没有可用的密钥环，应用退出后不会保留令牌。</translation>
    </message>
    <message>
        <source>The makers of {title} give it only to people who have asked for it. On {page}, log in and ask for access; then make an access token that may read on {tokens} and paste it here.</source>
        <translation>“{title}”的制作者只向提出申请的人提供该模型。请在 {page} 登录并申请访问，然后在 {tokens} 创建具有读取权限的访问令牌并粘贴到这里。</translation>
    </message>
    <message>
        <source>Access is asked for on {page}. A token that may read is made on {tokens}; paste it here.</source>
        <translation>请在 {page} 申请访问。在 {tokens} 创建具有读取权限的令牌并粘贴到这里。</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>waits for the download before it</source>
        <translation>等待前一个下载</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>checking the file</source>
        <translation>正在校验文件</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{done} of {whole}</source>
        <translation>{done} / {whole}</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>What the model writes</source>
        <translation>模型写出的内容</translation>
    </message>
    <message>
        <source>for 10,000 words</source>
        <translation>写 10,000 字</translation>
    </message>
    <message>
        <source>tokens a second now</source>
        <translation>当前词元/秒</translation>
    </message>
    <message>
        <source>words a minute now</source>
        <translation>当前字/分钟</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was measured.</source>
        <translation>已停止，没有测出结果。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写作…</translation>
    </message>
    <message>
        <source>Loading the model, {percent} %</source>
        <translation>正在加载模型，{percent}%</translation>
    </message>
    <message>
        <source>Reading {read} of {total} tokens</source>
        <translation>正在读取词元 {read} / {total}</translation>
    </message>
    <message>
        <source>{words} words in {time}. Writing slows down as a text grows; that is counted in.</source>
        <translation>{time}写了 {words} 字。正文越长写得越慢，估算时已计入。</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
</context>
<context>
    <name>TrialRun</name>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>“{title}” is at work on your document now. Pause it, then try this model.</source>
        <translation>“{title}”正在写您的文档。请先暂停，再试用此模型。</translation>
    </message>
    <message>
        <source>Trying {title} needs {needs}, and {free} of memory are free now. Close other programs, then try again.</source>
        <translation>试用“{title}”需要 {needs} 内存，目前可用 {free}。请关闭其他程序后重试。</translation>
    </message>
</context>
</TS>
