using System.Runtime.ExceptionServices;

namespace Anlauf.Planning.Location;

/// <summary>The queue of open cases that all threads take from; who finds it empty waits, or helps with trials.</summary>
internal sealed partial class CoverTree
{
    /// <summary>The queue: the lowest bound first, among equals the newest.</summary>
    private sealed class CaseQueue
    {
        private const long MostHeld = 12_000_000;
        private readonly PriorityQueue<OpenCase, (long Bound, int Order)> _open = new();
        private readonly List<SharedTrials> _trials = [];
        private readonly object _lock = new();
        private long _held;
        private int _order, _atWork, _idle, _nodes;
        private bool _ended;
        private ExceptionDispatchInfo? _failure;

        /// <summary>Nodes looked at.</summary>
        public int Nodes => _nodes;

        /// <summary>Counts a node.</summary>
        public void Count() => Interlocked.Increment(ref _nodes);

        /// <summary>Bound of what cannot be closed.</summary>
        public long Left { get; private set; } = long.MaxValue;

        /// <summary>Whether the search was broken off to begin anew.</summary>
        public bool IsBrokenOff { get; private set; }

        /// <summary>Whether nothing is left to do.</summary>
        public bool IsOver
        {
            get
            {
                lock (_lock) return _ended || (_open.Count == 0 && _atWork == 0);
            }
        }

        /// <summary>True when threads wait for work.</summary>
        public bool HasIdle => Volatile.Read(ref _idle) > 0;

        /// <summary>True where there is no case at all.</summary>
        public bool IsEmpty => _open.Count == 0;

        /// <summary>Adds a case.</summary>
        public void Keep(OpenCase one)
        {
            lock (_lock)
            {
                _held += Size(one.State);
                // with much in memory the newest case comes first, so that hardly more is kept than a path
                _open.Enqueue(one, (_held > MostHeld ? long.MinValue : one.Bound, --_order));
                if (_idle > 0) Monitor.PulseAll(_lock);
            }
        }

        /// <summary>Offers trials to threads that wait.</summary>
        public void Offer(SharedTrials trials)
        {
            lock (_lock)
            {
                _trials.Add(trials);
                Monitor.PulseAll(_lock);
            }
        }

        /// <summary>Takes trials back and waits for those in progress.</summary>
        public void TakeBack(SharedTrials trials)
        {
            lock (_lock)
            {
                _trials.Remove(trials);
                while (trials.Helpers > 0 && _failure is null) Monitor.Wait(_lock);
            }
        }

        /// <summary>To be called when nothing is left to try.</summary>
        public void EndHelp(SharedTrials trials)
        {
            lock (_lock)
            {
                _trials.Remove(trials);
                trials.Helpers--;
                Monitor.PulseAll(_lock);
            }
        }

        /// <summary>Takes a case to work on, or trials to help with, waiting as long as others are at work.</summary>
        /// <param name="trials">trials to help with</param>
        /// <returns>none when there are trials or the search is over</returns>
        public OpenCase? Next(out SharedTrials? trials)
        {
            trials = null;
            lock (_lock)
            {
                while (!_ended && _open.Count + _trials.Count == 0 && _atWork > 0)
                {
                    _idle++;
                    Monitor.Wait(_lock);
                    _idle--;
                }
                if (_ended || _open.Count + _trials.Count == 0) return null;
                if (_open.Count == 0)
                {
                    trials = _trials[^1];
                    trials.Helpers++;
                    return null;
                }
                _atWork++;
                return _open.Dequeue();
            }
        }

        /// <summary>To be called when a case is done.</summary>
        public void Done()
        {
            lock (_lock)
                if (--_atWork == 0 && (_ended || _open.Count == 0)) Monitor.PulseAll(_lock);
        }

        /// <summary>Ends the search for all threads; what is open stays open.</summary>
        public void End()
        {
            lock (_lock)
            {
                _ended = true;
                Monitor.PulseAll(_lock);
            }
        }

        /// <summary>Ends the search for all threads, so that it begins anew.</summary>
        public void BreakOff()
        {
            IsBrokenOff = true;
            End();
        }

        /// <summary>Ends the search because a thread failed.</summary>
        public void Fail(Exception failure)
        {
            lock (_lock)
            {
                _failure ??= ExceptionDispatchInfo.Capture(failure);
                _atWork = 0;
            }
            End();
        }

        /// <summary>Ends the search and waits until no thread works on it.</summary>
        public void AwaitEnd()
        {
            End();
            lock (_lock)
                while (_atWork > 0) Monitor.Wait(_lock);
            _failure?.Throw();
        }

        /// <summary>Notes something that cannot be closed.</summary>
        public void Leave(long bound)
        {
            lock (_lock) Left = Math.Min(Left, bound);
        }

        /// <summary>Bound of everything left open below a cut-off.</summary>
        public long LeastOpen(long cutOff) =>
            Math.Min(Left, _open.UnorderedItems.Select(item => item.Element.Bound).Where(bound => bound < cutOff).DefaultIfEmpty(long.MaxValue).Min());

        /// <summary>To be called when the state of a case is needed no more.</summary>
        public void Release(SimplexState state)
        {
            lock (_lock) _held -= Size(state);
        }

        private static long Size(SimplexState state) => (long)state.Basis.Size * state.Basis.Size + state.Slack.Length * 5L;
    }
}
