interface SafeThreadNames {
  /** Who names threads so. */
  readonly from: string;
  /** Separated by commas. */
  readonly names: string;
}

/**
 * Thread names that are constants in the source of well-known code: they say which part of it ran and nothing of the user. Longer ones
 * also match as Linux cuts them, each also with a number. A name is added here with the code that sets it.
 */
const SOURCES: readonly SafeThreadNames[] = [
  {
    from: 'conventions of runtimes and systems',
    names: `
    main, Main, MainThread, main thread, Main Thread, Thread, worker, Worker, pool, idle, timer`,
  },
  {
    from: 'Chromium: base/threading, content, viz, gpu, media, net',
    names: `
    CrBrowserMain, CrGpuMain, CrRendererMain, CrUtilityMain, CrPPAPIMain, CrZygoteMain, CrShutdownDetector,
    Chrome_IOThread, Chrome_ChildIOThread, Chrome_InProcGpuThread, Chrome_InProcRendererThread,
    Chrome_DevToolsHandlerThread, ThreadPoolServiceThread, ThreadPoolForegroundWorker, ThreadPoolBackgroundWorker,
    ThreadPoolUtilityWorker, ThreadPoolSingleThreadForegroundBlocking, ThreadPoolSingleThreadSharedForeground,
    ThreadPoolSingleThreadSharedBackgroundBlocking, ThreadPoolSingleThreadCOMSTASharedForeground,
    ThreadPoolPressureNotification, ThreadPoolPresenter, ThreadPoolAudio, HangWatcher, PerfettoTrace, Compositor,
    CompositorTileWorker, CompositorGpuThread, VizCompositorThread, VizWebView, DevToolsPipeHandlerReadThread,
    DevToolsPipeHandlerWriteThread, MemoryInfra, inotify_reader, sandbox_ipc_thread, ANGLE-GC, CacheThread_BlockFile,
    VideoCaptureThread, VideoCaptureModuleThread, AudioThread, AudioOutputDevice, AudioInputDevice, Audio Background,
    NetworkService, NetworkConfigWatcher, Media, MediaRecorder, GpuWatchdog, GpuMemoryThread, GpuVSyncThread,
    BrowserWatchdog, DedicatedWorker thread, SharedWorker thread, ServiceWorker thread, StackSamplingProfiler,
    ScriptStreamer, Font Proxy Thread, ImageDecodeAcceleratorClient, WebRTC_Network, WebRTC_Signaling, WebRTC_Worker,
    WebCrypto, ForcedNapThread, Proxy Resolver, extension_crash_uploader, OptimizationGuide, LevelDBEnv, IndexedDB,
    PlatformNotificationService, CrashpadMainThread, ProcessReaper`,
  },
  {
    from: 'Mozilla: xpcom, netwerk, gfx, dom, js (with its own shortening by `~`)',
    names: `
    GeckoMain, Gecko_IOThread, Socket Thread, JS Watchdog, Timer, Renderer, RenderBackend, SceneBuilder,
    SceneBuilderLP, WRScene~ilderLP, WRScene~uilder, WRRende~ckend, WRWorker, WRWorkerLP, StyleThread,
    IPDL Background, IPC I/O Parent, IPC I/O Child, IPC Launch, DNS Resolver, DNS Res~ver, Cache2 I/O, Cache I/O,
    HTML5 Parser, ImageIO, ImgDecoder, ImageBridgeChld, MediaPDecoder, MediaSupervisor, MediaTimer, MediaTrackGrph,
    MediaCache, BgIOThreadPool, BgIOThr~Pool, BackgroundThreadPool, Backgro~Pool, Backgro~ol, StreamTrans, StreamT~ns,
    DOM Worker, Worker Launcher, LS Thread, QuotaManager IO, Cookie, URL Classifier, Permission, mozStorage,
    HelperThread, JS Helper, TaskController, Breakpad Server, Netlink Monitor, GMPThread, CompositorVsync,
    VsyncIOThread, SoftwareVsyncThread, WindowsVsyncThread, ProxyResolution, Web Content, Isolated Web Co,
    WebExtensions, Privileged Cont, RDD Process, Socket Process, GPU Process, Utility Process, file:// Content,
    forkserver, RemVidChild, PlayEventSound, glean.dispatcher, glean.init, FSBroker, Sandbox Forked, FS Broker,
    Shutdown Hang Terminator, BHMgr Monitor, BHMgr Processor, CanvasRenderer, CanvasWorker, FileWatcher`,
  },
  {
    from: 'V8, Node.js and libuv',
    names: `
    node, libuv-worker, V8 DefaultWorker, V8Worker, V8 WorkerThread, DelayedTaskScheduler, WorkerThread,
    SignalInspector, NodeMainThread, InspectorIo`,
  },
  {
    from: 'OpenJDK HotSpot and the class library',
    names: `
    java, GC Thread, G1 Conc, G1 Main Marker, G1 Refine, G1 Service, G1 Young RemSet Sampling, VM Thread,
    VM Periodic Task Thread, C1 CompilerThread, C2 CompilerThread, Signal Dispatcher, Finalizer, Reference Handler,
    Common-Cleaner, Sweeper thread, Service Thread, Monitor Deflation Thread, Notification Thread, Attach Listener,
    DestroyJavaVM, ForkJoinPool.commonPool-worker, ParGC Thread, Concurrent Mark-Sweep GC Thread`,
  },
  {
    from: 'Android: ART, hwui, binder',
    names: `
    RenderThread, Jit thread pool worker thread, HeapTaskDaemon, FinalizerDaemon, FinalizerWatchdogDaemon,
    FinalizerWatchd, ReferenceQueueDaemon, ReferenceQueueD, Signal Catcher, Profile Saver, Runtime worker thread,
    hwuiTask, GLThread, perfetto_hprof_listener, ADB-JDWP Connection Control Thread, mali-event-handler, Binder,
    queued-work-loop, ConnectivityThread`,
  },
  {
    from: '.NET runtime',
    names: `
    .NET Finalizer, .NET ThreadPool Worker, .NET TP Worker, .NET TP Gate, .NET Timer, .NET SigHandler,
    .NET SynchManager, .NET EventPipe, .NET Tiered Compilation Worker, .NET BGC, .NET Server GC, .NET Sockets`,
  },
  {
    from: 'CPython',
    names: `
    ThreadPoolExecutor-0, Dummy, QueueFeederThread, asyncio`,
  },
  {
    from: 'Rust: tokio, async-std, rayon',
    names: `
    tokio-runtime-worker, tokio-runtime-w, async-std/runtime, rayon-worker, smol`,
  },
  {
    from: 'GLib and GTK',
    names: `
    gmain, gdbus, pool-spawner, dconf worker, threaded-ml, GstTask`,
  },
  {
    from: 'Qt',
    names: `
    QThread, Thread (pooled), QDBusConnection, QXcbEventQueue, QQmlThread, QSGRenderThread, QQuickPixmapReader,
    Qt bearer thread, Qt HTTP thread`,
  },
  {
    from: 'Apple frameworks',
    names: `
    com.apple.main-thread, com.apple.uikit.eventfetch-thread, com.apple.NSEventThread, com.apple.CFSocket.private,
    com.apple.NSURLConnectionLoader, com.apple.CFNetwork.CustomProtocols, com.apple.audio.IOThread.client,
    com.apple.coreanimation.render-server, JavaScriptCore libpas scavenger, JSC Heap Collector Thread, WebThread,
    WebCore: Worker, WebCore: IndexedDB server`,
  },
  {
    from: 'Mesa and GPU drivers',
    names: `
    [vkrt] Analysis, [vkps] Update, [vkcf] Analysis, WSI swapchain q, kms swap, llvmpipe, mesa, gallium_drv, glthread,
    disk_cache, dxvk-submit, dxvk-queue, dxvk-cs, dxvk-shader, dxvk-frame`,
  },
  {
    from: 'PulseAudio, ALSA, PipeWire, SDL',
    names: `
    threaded-ml, alsa-sink, alsa-source, data-loop, pw-data-loop, module-rt, SDLTimer, SDLAudioP, SDLHotplugALSA`,
  },
  {
    from: 'Unreal Engine',
    names: `
    GameThread, RHIThread, TaskGraphThreadHP, TaskGraphThreadNP, TaskGraphThreadBP, FAsyncLoadingThread,
    AudioMixerRenderThread, Foreground Worker, Background Worker, PoolThread, HttpManagerThread,
    OnlineAsyncTaskThread, FMessageBus.Router`,
  },
  {
    from: 'Unity',
    names: `
    UnityMain, UnityGfxDeviceWorker, Job.Worker, Job.worker, Background Job.Worker, Loading.Preload,
    Loading.AsyncRead, AssetGarbageCollectorHelper, BatchDeleteObjects, FMOD mixer thread, FMOD stream thread,
    FMOD file thread`,
  },
  {
    from: 'sentry-native',
    names: `
    sentry-http, sentry-bgw, sentry-crash`,
  },
];

export const SAFE_THREAD_NAMES: readonly string[] = SOURCES.flatMap(({ names }) => names.trim().split(/,\s*/));
