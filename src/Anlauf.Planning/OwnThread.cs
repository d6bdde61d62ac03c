namespace Anlauf.Planning;

/// <summary>Work on a thread of its own: those of the pool come one after the other when it is busy.</summary>
internal static class OwnThread
{
    /// <summary>Begins the work.</summary>
    public static Task Start(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
