using System.Runtime.CompilerServices;
using Anlauf.Planning.Assignment.Generalised;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Replays the tree of an <see cref="AssignmentProof"/>: computes every bound again in plain whole-number arithmetic,
/// drops the pairs whose bound exceeds the threshold, and accepts a node only if nothing is left in it or all agents
/// its job may still go to are treated as children. Shares no code with the search.
/// </summary>
internal sealed class AssignmentProofReplay
{
    private const long Never = 1L << 60;
    private const long LargestSum = 1L << 56;
    private readonly GeneralisedAssignmentProblem _problem;
    private readonly AssignmentProof _proof;
    private readonly KnapsackReplay _knapsack;
    private readonly long[][] _lostPrefix; // per agent: sums of the greatest remainders of weight ÷ unit
    private readonly int[] _mostJobs;
    private readonly bool[] _open; // i·n + j
    private readonly bool[] _branched;
    private readonly Stack<int> _dropped = new();
    private readonly long[] _in, _out;
    private readonly ProofReader _reader;

    private AssignmentProofReplay(GeneralisedAssignmentProblem problem, AssignmentProof proof)
    {
        (_problem, _proof, _reader) = (problem, proof, new(proof.Tree));
        var (m, n) = (problem.Agents, problem.Jobs);
        _open = new bool[m * n];
        _branched = new bool[n];
        (_in, _out) = (new long[m * n], new long[m * n]);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++) _open[(i * n) + j] = problem.Allows(i, j);
        _knapsack = new(n, (int)Enumerable.Range(0, m).Max(i => Math.Max(0, problem.MaxLoad[i]) / proof.Unit[i]));
        (_lostPrefix, _mostJobs) = (new long[m][], new int[m]);
        for (var i = 0; i < m; i++)
        {
            var weights = problem.Weight[(i * n)..((i + 1) * n)];
            _lostPrefix[i] = [0, .. weights.Select(w => w % proof.Unit[i]).OrderDescending()];
            for (var k = 1; k <= n; k++) _lostPrefix[i][k] += _lostPrefix[i][k - 1];
            long sum = 0;
            _mostJobs[i] = weights.Order().TakeWhile(w => (sum += w) <= problem.MaxLoad[i]).Count();
        }
    }

    /// <summary>None when the proof holds, else a German sentence about what fails.</summary>
    public static string? Fault(GeneralisedAssignmentProblem problem, AssignmentProof proof)
    {
        if (proof.Scale is < 1 or > 1 << 20 || proof.Unit is null || proof.Tree is null || proof.Unit.Count != problem.Agents || proof.Unit.Any(unit => unit < 1))
            return "Maßstab und Zellen passen nicht zur Aufgabe.";
        if (Enumerable.Range(0, problem.Agents).Any(i => problem.MaxLoad[i] / proof.Unit[i] > 1 << 22)) return "Die Zellen sind zu fein.";
        var greatest = Enumerable.Range(0, problem.Jobs).Sum(j => Enumerable.Range(0, problem.Agents).Max(i => (decimal)Math.Abs(problem.Cost[(i * problem.Jobs) + j])));
        if ((greatest + 1) * proof.Scale > LargestSum || Math.Abs((decimal)proof.Threshold) * proof.Scale > LargestSum) return "Der Maßstab ist zu groß.";
        try
        {
            var replay = new AssignmentProofReplay(problem, proof);
            var fault = replay.Node(new long[problem.Jobs]);
            return fault ?? (replay._reader.AtEnd ? null : "Hinter dem Baum stehen noch Daten.");
        }
        catch (Exception exception) when (exception is InvalidDataException or InsufficientExecutionStackException)
        {
            return "Der Baum des Nachweises ist nicht lesbar.";
        }
    }

    private string? Node(long[] u)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var marks = _dropped.Count;
        var closed = IsClosed();
        for (; ; )
        {
            switch (_reader.Byte())
            {
                case 1:
                    _reader.Multipliers(u, LargestSum / u.Length);
                    if (!closed) closed = Pass(u) || IsClosed();
                    continue;
                case 2:
                    var fault = Branches(u, closed);
                    Reopen(marks);
                    return fault;
                case 3:
                    Reopen(marks);
                    return closed ? null : "Ein Zweig wurde geschlossen, obwohl darin noch ein besserer Plan liegen könnte.";
                default:
                    throw new InvalidDataException();
            }
        }
    }

    private string? Branches(long[] u, bool closed)
    {
        var n = _problem.Jobs;
        var job = (int)_reader.Number(n - 1);
        var children = (int)_reader.Number(_problem.Agents);
        if (_branched[job]) throw new InvalidDataException();
        _branched[job] = true;
        var seen = new HashSet<int>();
        for (var k = 0; k < children; k++)
        {
            var agent = (int)_reader.Number(_problem.Agents - 1);
            seen.Add(agent);
            var marks = _dropped.Count;
            for (var i = 0; i < _problem.Agents; i++)
                if (i != agent) Drop(i, job);
            var fault = Node([.. u]);
            Reopen(marks);
            if (fault is not null && !closed) return fault;
        }
        _branched[job] = false;
        if (closed) return null;
        for (var i = 0; i < _problem.Agents; i++)
            if (_open[(i * n) + job] && !seen.Contains(i)) return "An einer Verzweigung fehlt eine Möglichkeit.";
        return null;
    }

    // true when some job has no agent left, or every job has one and that plan is no good
    private bool IsClosed()
    {
        var n = _problem.Jobs;
        var load = new long[_problem.Agents];
        long cost = 0;
        var complete = true;
        for (var j = 0; j < n; j++)
        {
            var (count, last) = (0, 0);
            for (var i = 0; i < _problem.Agents; i++)
                if (_open[(i * n) + j]) (count, last) = (count + 1, i);
            if (count == 0) return true;
            if (count > 1) { complete = false; continue; }
            load[last] += _problem.Weight[(last * n) + j];
            cost += _problem.Cost[(last * n) + j];
        }
        return complete && (cost > _proof.Threshold
            || Enumerable.Range(0, load.Length).Any(i => load[i] > _problem.MaxLoad[i] || load[i] < _problem.MinLoad[i]));
    }

    // drops pairs by their bounds; true when the bound alone exceeds the threshold
    private bool Pass(long[] u)
    {
        var (m, n) = (_problem.Agents, _problem.Jobs);
        var limit = _proof.Threshold * _proof.Scale;
        var choices = new int[n];
        for (var k = 0; k < _open.Length; k++)
            if (_open[k]) choices[k % n]++;
        // each agent may collect all multipliers: their sum over many agents is more than 64 bits hold
        Int128 bound = 0;
        for (var j = 0; j < n; j++)
            if (choices[j] > 1) bound += u[j];
        for (var i = 0; i < m; i++)
        {
            long load = 0;
            var jobs = 0;
            _knapsack.Clear();
            for (var j = 0; j < n; j++)
            {
                if (!_open[(i * n) + j]) continue;
                var weight = _problem.Weight[(i * n) + j];
                var cost = _problem.Cost[(i * n) + j] * _proof.Scale;
                if (choices[j] > 1) { _knapsack.Add(j, cost - u[j], weight / _proof.Unit[i]); continue; }
                bound += cost;
                load += weight;
                jobs++;
            }
            var lost = _lostPrefix[i][Math.Clamp(_mostJobs[i] - jobs, 0, n)];
            var least = _problem.MinLoad[i] <= 0 ? 0 : _problem.MinLoad[i] - load - lost;
            var room = _problem.MaxLoad[i] - load;
            if (room < 0) return true;
            var value = _knapsack.Solve(Math.Max(0, (least + _proof.Unit[i] - 1) / _proof.Unit[i]), room / _proof.Unit[i],
                _in.AsSpan(i * n, n), _out.AsSpan(i * n, n));
            if (value >= Never / 2) return true;
            bound += value;
        }
        if (bound > limit) return true;
        for (var j = 0; j < n; j++)
        {
            if (choices[j] < 2) continue;
            Int128 without = 0;
            for (var i = 0; i < m; i++)
                if (_open[(i * n) + j]) without += _out[(i * n) + j];
            for (var i = 0; i < m; i++)
                if (_open[(i * n) + j] && bound + _in[(i * n) + j] + without - _out[(i * n) + j] > limit) Drop(i, j);
        }
        return false;
    }

    private void Drop(int agent, int job)
    {
        var pair = (agent * _problem.Jobs) + job;
        if (!_open[pair]) return;
        _open[pair] = false;
        _dropped.Push(pair);
    }

    private void Reopen(int marks)
    {
        while (_dropped.Count > marks) _open[_dropped.Pop()] = true;
    }
}
