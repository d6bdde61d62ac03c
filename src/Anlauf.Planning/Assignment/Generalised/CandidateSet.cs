namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Which agents each job may still go to, as sparse sets with a trail: removing and taking back cost constant time.
/// A job with one candidate left is fixed; its true weight counts on the agent.
/// </summary>
internal sealed class CandidateSet
{
    private readonly GeneralisedAssignmentProblem _problem;
    private readonly int[] _agents; // j·m + k: the candidates of j are the first Count[j]
    private readonly int[] _trail;
    private int _trailLength;

    public CandidateSet(GeneralisedAssignmentProblem problem)
    {
        _problem = problem;
        _agents = new int[problem.Jobs * problem.Agents];
        _trail = new int[problem.Jobs * problem.Agents];
        Count = new int[problem.Jobs];
        Load = new long[problem.Agents];
        FixedJobs = new int[problem.Agents];
        Reset();
    }

    /// <summary>Number of candidates of each job.</summary>
    public int[] Count { get; }

    /// <summary>True weight of the jobs fixed at each agent.</summary>
    public long[] Load { get; }

    /// <summary>Number of jobs fixed at each agent.</summary>
    public int[] FixedJobs { get; }

    /// <summary>Jobs without any candidate.</summary>
    public int EmptyJobs { get; private set; }

    /// <summary>Jobs with more than one candidate.</summary>
    public int FreeJobs { get; private set; }

    /// <summary>Candidates of a job, in no order.</summary>
    public ReadOnlySpan<int> Of(int job) => _agents.AsSpan(job * _problem.Agents, Count[job]);

    /// <summary>All pairs the problem allows.</summary>
    public void Reset()
    {
        var m = _problem.Agents;
        Array.Clear(Load);
        Array.Clear(FixedJobs);
        (_trailLength, EmptyJobs, FreeJobs) = (0, 0, 0);
        for (var j = 0; j < _problem.Jobs; j++)
        {
            var count = 0;
            for (var i = 0; i < m; i++)
                if (_problem.Allows(i, j)) _agents[(j * m) + count++] = i;
            Count[j] = count;
            if (count == 0) EmptyJobs++;
            else if (count == 1) Fix(j, _agents[j * m], 1);
            else FreeJobs++;
        }
    }

    /// <summary>Position in the trail to come back to.</summary>
    public int Mark => _trailLength;

    /// <summary>Removes the candidate at a position of a job's list.</summary>
    public void RemoveAt(int job, int position)
    {
        var start = job * _problem.Agents;
        var last = --Count[job];
        (_agents[start + position], _agents[start + last]) = (_agents[start + last], _agents[start + position]);
        _trail[_trailLength++] = job;
        if (last == 1) { FreeJobs--; Fix(job, _agents[start], 1); }
        else if (last == 0) { EmptyJobs++; Fix(job, _agents[start], -1); }
    }

    /// <summary>Removes every candidate of a job but one.</summary>
    public void Assign(int job, int agent)
    {
        for (var k = Count[job] - 1; k >= 0; k--)
            if (_agents[(job * _problem.Agents) + k] != agent) RemoveAt(job, k);
    }

    /// <summary>Takes back everything since a mark.</summary>
    public void Undo(int mark)
    {
        while (_trailLength > mark)
        {
            var job = _trail[--_trailLength];
            var count = Count[job]++;
            if (count == 1) { Fix(job, _agents[job * _problem.Agents], -1); FreeJobs++; }
            else if (count == 0) { EmptyJobs--; Fix(job, _agents[job * _problem.Agents], 1); }
        }
    }

    private void Fix(int job, int agent, int sign)
    {
        Load[agent] += sign * _problem.Weight[(agent * _problem.Jobs) + job];
        FixedJobs[agent] += sign;
    }
}
