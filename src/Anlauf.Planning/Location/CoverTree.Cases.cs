namespace Anlauf.Planning.Location;

/// <summary>Open cases, and what a thread needs to go on with one wherever another thread left it.</summary>
internal sealed partial class CoverTree
{
    /// <summary>A case whose relaxation is solved and whose bound does not reach the cut-off yet.</summary>
    private sealed record OpenCase(CaseLevel Level, ProofStep Step, long[] Above, long Bound, SimplexState State, Decision[] Sites, bool[] IsDue, int Fewest, int Most)
    {
        /// <summary>A decision that has still to be made, and the relaxation to be solved again.</summary>
        public Branch? Begin { get; init; }
    }

    /// <summary>Makes one more decision in a tree that stands at the parent, and enters the case.</summary>
    private delegate void Branch(CoverTree tree, SimplexState parent, ProofStep step, long[] above);

    /// <summary>A core within the search: every thread that meets one of its cases has a tree of its own on it.</summary>
    /// <param name="origin">the tree of the thread that found it</param>
    /// <param name="path">sites opened on the way to it</param>
    /// <param name="threads">most threads</param>
    private sealed class CaseLevel(CoverTree origin, int[] path, int threads)
    {
        private readonly CoverTree?[] _trees = new CoverTree?[threads];

        /// <summary>The tree of a thread, standing where a case left off.</summary>
        public CoverTree At(CaseWorker worker, OpenCase one)
        {
            worker.Incumbent.Path = path;
            var tree = _trees[worker.Number] ??= new CoverTree(origin, worker, one.IsDue);
            tree.GoTo(one.Sites, one.IsDue, one.Fewest, one.Most);
            tree._simplex.Return(one.State);
            return tree;
        }

        /// <summary>Notes the tree of the thread that found the core.</summary>
        public void Found(CaseWorker worker) => _trees[worker.Number] = origin;
    }

    /// <summary>Trials of splits a thread has offered to others.</summary>
    private sealed class SharedTrials(OpenCase at, SplitTrials trials, double cutOff)
    {
        public int Helpers { get; set; }

        public void Help(CaseWorker worker) => at.Level.At(worker, at)._choice.Try(trials, at.State, worker.History, cutOff);
    }

    /// <summary>What one thread has of its own.</summary>
    private sealed record CaseWorker(int Number, CaseQueue Queue, Incumbent Incumbent, SearchClock Clock, SplitHistory History)
    {
        /// <summary>Splits open cases, the lowest first, until none is left or the search ends.</summary>
        /// <param name="nodes">or until so many were looked at by all threads</param>
        public void Run(int nodes = int.MaxValue)
        {
            try
            {
                while (Queue.Nodes < nodes && Queue.Next(out var trials) is var one && (one is not null || trials is not null))
                {
                    if (trials is not null)
                    {
                        trials.Help(this);
                        Queue.EndHelp(trials);
                        continue;
                    }
                    if (one!.Bound >= Incumbent.CutOff) Queue.Release(one.State);
                    else if (one.Begin is null) one.Level.At(this, one).Expand(one);
                    else
                    {
                        var tree = one.Level.At(this, one);
                        one.Begin(tree, one.State, one.Step, one.Above);
                        Queue.Release(one.State);
                        tree._pool.Push(one.State);
                    }
                    Queue.Done();
                    if (Incumbent.IsBrokenOff) Queue.BreakOff();
                    if (Clock.Exhausted) Queue.End();
                }
            }
            catch (Exception failure)
            {
                Queue.Fail(failure);
            }
        }
    }
}
