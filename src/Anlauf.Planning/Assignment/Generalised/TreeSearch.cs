namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Decides whether a plan of cost at most <see cref="Threshold"/> exists within the candidates: depth first, bound by
/// the Lagrangian relaxation, pairs dropped by their two-sided reduced costs, branching on the agent of one job
/// (after Posta, Ferland and Michelon 2012). A plan found lowers the threshold below its cost, so a finished search
/// proves that no plan costs at most the final threshold.
/// </summary>
internal sealed class TreeSearch
{
    private readonly ScaledModel _model;
    private readonly Relaxation _relaxation;
    private readonly DualAscent _ascent;
    private readonly Incumbent _incumbent;
    private readonly int[] _plan;
    private readonly List<long[]> _u = []; // multipliers per depth
    private readonly List<long[]> _written = []; // multipliers in the proof per depth
    private readonly List<(long Rise, int Agent)[]> _children = [];
    private ProofWriter? _proof;
    private long _evaluationLimit;
    private Func<bool> _goOn = () => true;

    public TreeSearch(ScaledModel model, Incumbent incumbent)
    {
        _model = model;
        _incumbent = incumbent;
        Candidates = new(model.Problem);
        _relaxation = new(model);
        _ascent = new(model, _relaxation) { Relaxed = OfferRelaxed };
        _plan = new int[model.Jobs];
    }

    /// <summary>Evaluations spent on raising the bound at a node.</summary>
    public int NodeSteps { get; init; } = 12;

    /// <summary>The pairs searched; restrict them before a run.</summary>
    public CandidateSet Candidates { get; }

    /// <summary>Plans wanted cost at most this.</summary>
    public long Threshold { get; private set; }

    /// <summary>Evaluations of the bound over all runs.</summary>
    public long Evaluations => _ascent.Evaluations + _passes;

    private long _passes;

    /// <summary>Hears of every relaxed solution of the root.</summary>
    public Action<Relaxation>? Relaxed { get; set; }

    /// <summary>Asked at the root after every evaluation whether to go on.</summary>
    public Func<bool>? RootGoOn { get; set; }

    /// <summary>Raises the bound at the root for all allowed pairs and returns it, scaled.</summary>
    /// <param name="u">multipliers, in and out</param>
    /// <param name="target">cost the bound is expected to reach, unscaled</param>
    /// <param name="threshold">unscaled; ends early when the bound exceeds it</param>
    /// <param name="steps">most evaluations</param>
    /// <param name="reach">see <see cref="DualAscent.Climb"/></param>
    public long ClimbRoot(long[] u, long target, long threshold, int steps, int reach)
    {
        Threshold = threshold;
        (_ascent.Relaxed, _ascent.GoOn) = (Relaxed ?? OfferRelaxed, RootGoOn);
        var bound = _ascent.Climb(u, Candidates, threshold * _model.Scale, (target + 1) * _model.Scale, steps, 20, reach);
        (_ascent.Relaxed, _ascent.GoOn) = (OfferRelaxed, null);
        return bound;
    }

    /// <summary>The relaxed solution under these multipliers, or none when some agent cannot keep its window.</summary>
    public Relaxation? Relax(long[] u) => _relaxation.Evaluate(u, Candidates, marginals: false) < Knapsack.Impossible ? _relaxation : null;

    /// <summary>Searches the candidates. True when the search is finished: no plan costs at most <see cref="Threshold"/>.</summary>
    /// <param name="u">multipliers to begin with</param>
    /// <param name="threshold">plans wanted cost at most this</param>
    /// <param name="proof">where the tree is written, or none</param>
    /// <param name="evaluations">most evaluations of the bound in this run</param>
    /// <param name="goOn">asked once per node with the evaluations of this run; false stops</param>
    public bool Run(long[] u, long threshold, ProofWriter? proof, long evaluations, Func<bool> goOn)
    {
        Threshold = threshold;
        _proof = proof;
        _evaluationLimit = Evaluations + evaluations;
        _goOn = goOn;
        Deepen(0);
        u.CopyTo(_u[0], 0);
        Array.Clear(_written[0]);
        var mark = Candidates.Mark;
        var finished = Explore(0);
        Candidates.Undo(mark);
        return finished;
    }

    /// <summary>A better plan was found elsewhere: only cheaper ones are wanted now.</summary>
    public void LowerThreshold(long threshold) => Threshold = Math.Min(Threshold, threshold);

    /// <summary>
    /// Looks for one plan: again and again the jobs that are taken once and would lose most elsewhere stay where they are,
    /// until so few are free that the search decides the rest.
    /// </summary>
    /// <param name="u">multipliers to begin with</param>
    /// <param name="threshold">plans wanted cost at most this</param>
    /// <param name="share">share of the free jobs that is settled at a time</param>
    /// <param name="evaluations">most evaluations for the rest</param>
    /// <param name="random">blurs which jobs stay</param>
    /// <param name="goOn">false stops</param>
    public void Dive(long[] u, long threshold, double share, long evaluations, ref SplitMix random, Func<bool> goOn)
    {
        // fewer free jobs than about two an agent rarely fill what is left of the capacities
        var least = Math.Max(24, 2 * _model.Agents);
        var few = least + (int)(random.Next() % (ulong)least);
        Threshold = threshold;
        var mark = Candidates.Mark;
        Deepen(0);
        var v = _u[0];
        u.CopyTo(v, 0);
        var free = new List<(double Loss, int Job)>();
        while (goOn() && Candidates.EmptyJobs == 0 && Candidates.FreeJobs > few)
        {
            var bound = _ascent.Climb(v, Candidates, Scaled(Threshold), Scaled(Threshold) + _model.Scale, 12, 4, reach: 20);
            if (bound > Scaled(Threshold)) break;
            bound = _relaxation.Evaluate(v, Candidates, marginals: true, Scaled(Threshold) - bound);
            _passes++;
            DropAndChoose(bound, 0);
            if (Candidates.EmptyJobs > 0) break;
            free.Clear();
            for (var j = 0; j < _model.Jobs; j++)
            {
                if (Candidates.Count[j] < 2 || _relaxation.Taken[j] != 1) continue;
                var (agent, without, loss) = (_relaxation.TakenBy[j], _relaxation.RiseWithout(j, Candidates), long.MaxValue);
                var stays = false;
                foreach (var i in Candidates.Of(j))
                    if (i == agent) stays = true;
                    else loss = Math.Min(loss, _relaxation.Rise(j, i, without));
                if (stays) free.Add((-loss * (0.7 + (0.6 * random.Unit())), j));
            }
            var settled = Math.Max(1, (int)(share * Candidates.FreeJobs));
            if (free.Count == 0) break;
            free.Sort();
            for (var k = 0; k < Math.Min(settled, free.Count); k++) Candidates.Assign(free[k].Job, _relaxation.TakenBy[free[k].Job]);
        }
        if (Candidates.EmptyJobs == 0 && Candidates.FreeJobs <= 2 * few)
        {
            // near the bound first: what costs little more is found soonest where little more is allowed
            v = [.. v];
            var bound = _ascent.Climb(v, Candidates, Scaled(threshold), Scaled(threshold) + _model.Scale, 20, 4, reach: 20);
            var low = bound / _model.Scale;
            var best = _incumbent.Exists ? _incumbent.Cost : long.MaxValue;
            if (bound <= Scaled(threshold))
                for (var step = Math.Max(1, low / 20_000); goOn() && best == (_incumbent.Exists ? _incumbent.Cost : long.MaxValue); step *= 2)
                {
                    Run(v, Math.Min(threshold, low + step), null, evaluations, goOn);
                    if (low + step >= threshold) break;
                }
        }
        Candidates.Undo(mark);
    }

    private void Deepen(int depth)
    {
        if (_u.Count > depth) return;
        _u.Add(new long[_model.Jobs]);
        _written.Add(new long[_model.Jobs]);
        _children.Add(new (long, int)[_model.Agents]);
    }

    private bool Explore(int depth)
    {
        var u = _u[depth];
        for (var round = 0; ; round++)
        {
            if (Candidates.EmptyJobs > 0) return Close();
            if (Candidates.FreeJobs == 0) { OfferLeaf(); return Close(); }
            var steps = round > 0 ? (NodeSteps + 1) / 2 : depth == 0 ? 4 * NodeSteps : NodeSteps;
            var bound = _ascent.Climb(u, Candidates, Scaled(Threshold), Scaled(Threshold) + _model.Scale, steps, 4);
            _proof?.WritePass(u, _written[depth]);
            if (bound > Scaled(Threshold)) return Close();
            if (Evaluations >= _evaluationLimit || !_goOn()) return false;
            bound = _relaxation.Evaluate(u, Candidates, marginals: true, Scaled(Threshold) - bound);
            _passes++;
            var before = Candidates.Mark;
            var (job, children) = DropAndChoose(bound, depth);
            if (Candidates.EmptyJobs > 0 || Candidates.FreeJobs == 0) continue;
            if (job < 0 || (Candidates.Mark - before > Candidates.FreeJobs / 4 && round < 4)) continue;
            return Branch(job, children, depth);
        }
    }

    private bool Branch(int job, int children, int depth)
    {
        Deepen(depth + 1);
        var list = _children[depth].AsSpan(0, children);
        list.Sort();
        _proof?.WriteBranch(job, children);
        for (var k = 0; k < children; k++)
        {
            var agent = _children[depth][k].Agent;
            _proof?.WriteChild(agent);
            _u[depth].CopyTo(_u[depth + 1], 0);
            _written[depth].CopyTo(_written[depth + 1], 0);
            var mark = Candidates.Mark;
            Candidates.Assign(job, agent);
            var finished = Explore(depth + 1);
            Candidates.Undo(mark);
            if (!finished) return false;
        }
        return true;
    }

    // drops every pair whose bound exceeds the threshold; names the job whose branches promise the smallest tree
    private (int Job, int Children) DropAndChoose(long bound, int depth)
    {
        var limit = Scaled(Threshold);
        var spread = Math.Max(1.0, (limit - bound) / 5.0);
        var (bestJob, bestChildren, bestSize) = (-1, 0, double.MaxValue);
        for (var j = 0; j < _model.Jobs; j++)
        {
            if (Candidates.Count[j] < 2) continue;
            var without = _relaxation.RiseWithout(j, Candidates);
            var size = 0.0;
            for (var k = Candidates.Count[j] - 1; k >= 0; k--)
            {
                var rise = _relaxation.Rise(j, Candidates.Of(j)[k], without);
                if (bound + rise > limit) Candidates.RemoveAt(j, k);
                else size += Math.Exp(-rise / spread);
                if (Candidates.Count[j] == 0) return (-1, 0);
            }
            if (Candidates.Count[j] < 2 || size >= bestSize) continue;
            (bestJob, bestSize) = (j, size);
            bestChildren = 0;
            foreach (var i in Candidates.Of(j)) _children[depth][bestChildren++] = (_relaxation.Rise(j, i, without), i);
        }
        return (bestJob, bestChildren);
    }

    private bool Close()
    {
        _proof?.WriteClose();
        return true;
    }

    private void OfferLeaf()
    {
        for (var j = 0; j < _model.Jobs; j++) _plan[j] = Candidates.Of(j)[0];
        Offer();
    }

    private void OfferRelaxed(Relaxation relaxation)
    {
        foreach (var taken in relaxation.Taken)
            if (taken != 1) return;
        relaxation.TakenBy.CopyTo(_plan, 0);
        Offer();
    }

    private void Offer()
    {
        _incumbent.Offer(_plan);
        if (_incumbent.Exists) LowerThreshold(_incumbent.Cost - 1);
    }

    private long Scaled(long cost) => cost * _model.Scale;
}
