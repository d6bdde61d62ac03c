using System.Runtime.ExceptionServices;

namespace Anlauf.Planning;

/// <summary>
/// Divides independent pieces of work among threads; what comes of them never depends on how many there are. The thread that
/// asks takes pieces itself and waits for those alone that others have begun: helpers that come late find nothing left.
/// </summary>
internal sealed class Division : IThreadPoolWorkItem
{
    private readonly int _pieces;
    private readonly Action<int> _work;
    private int _taken, _done;
    private ExceptionDispatchInfo? _failure;

    private Division(int pieces, Action<int> work) => (_pieces, _work) = (pieces, work);

    /// <summary>Does all pieces, on this thread and as many others as may help.</summary>
    /// <param name="workers">most threads, this one among them</param>
    /// <param name="pieces">number of pieces</param>
    /// <param name="work">does the piece of this number; writes nothing another piece reads or writes</param>
    public static void For(int workers, int pieces, Action<int> work)
    {
        if (workers <= 1 || pieces <= 1)
        {
            for (var piece = 0; piece < pieces; piece++) work(piece);
            return;
        }
        var division = new Division(pieces, work);
        for (var helper = 1; helper < Math.Min(workers, pieces); helper++) ThreadPool.UnsafeQueueUserWorkItem(division, preferLocal: false);
        ((IThreadPoolWorkItem)division).Execute();
        var wait = default(SpinWait);
        while (Volatile.Read(ref division._done) < pieces) wait.SpinOnce(sleep1Threshold: -1);
        division._failure?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (int piece; (piece = Interlocked.Increment(ref _taken) - 1) < _pieces;)
        {
            try
            {
                _work(piece);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }
            Interlocked.Increment(ref _done);
        }
    }
}
