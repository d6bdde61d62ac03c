using Anlauf.Planning;
using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Assignment.Mentors;
using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Benchmarks.Baselines;

/// <summary>The textbook integer programs of the assignment problems in LP format, for the baseline solver.</summary>
internal static class AssignmentModelWriter
{
    public static bool Write(PlanProblem problem, TextWriter writer)
    {
        switch (problem)
        {
            case GeneralisedAssignmentProblem general: Write(general, writer); return true;
            case SponsorProblem { Connected: false } sponsors: Write(sponsors.Relaxed, writer); return true;
            case MentorProblem mentors: Write(mentors, writer); return true;
            default: return false;
        }
    }

    private static void Write(GeneralisedAssignmentProblem problem, TextWriter writer)
    {
        var (m, n) = (problem.Agents, problem.Jobs);
        string Sum(IEnumerable<(long Factor, int Agent, int Job)> terms) => string.Join('\n', terms.Select(t => $" + {t.Factor} x{t.Agent}_{t.Job}"));
        var pairs = Enumerable.Range(0, m).SelectMany(i => Enumerable.Range(0, n).Where(j => problem.Allows(i, j)).Select(j => (i, j))).ToArray();
        writer.WriteLine("Minimize\n obj:\n" + Sum(pairs.Select(p => (problem.Cost[(p.i * n) + p.j], p.i, p.j))) + "\nSubject To");
        foreach (var job in pairs.GroupBy(p => p.j)) writer.WriteLine(Sum(job.Select(p => (1L, p.i, p.j))) + " = 1");
        foreach (var agent in pairs.GroupBy(p => p.i))
        {
            var load = Sum(agent.Select(p => (problem.Weight[(p.i * n) + p.j], p.i, p.j)));
            writer.WriteLine($"{load} <= {problem.MaxLoad[agent.Key]}");
            if (problem.MinLoad[agent.Key] > 0) writer.WriteLine($"{load} >= {problem.MinLoad[agent.Key]}");
        }
        writer.WriteLine("Binary\n" + string.Join('\n', pairs.Select(p => $" x{p.i}_{p.j}")) + "\nEnd");
    }

    // the matching polytope has whole corners: no binary section needed
    private static void Write(MentorProblem problem, TextWriter writer)
    {
        var pairs = Enumerable.Range(0, problem.Candidates).SelectMany(c => Enumerable.Range(0, problem.Mentors).Where(k => problem.Allows(c, k)).Select(k => (c, k))).ToArray();
        string Sum(IEnumerable<(int c, int k)> some) => string.Join('\n', some.Select(p => $" + x{p.c}_{p.k}"));
        writer.WriteLine("Maximize\n obj:\n" + string.Join('\n', pairs.Select(p => $" + {problem.Value[(p.c * problem.Mentors) + p.k]} x{p.c}_{p.k}")) + "\nSubject To");
        foreach (var candidate in pairs.GroupBy(p => p.c)) writer.WriteLine($"{Sum(candidate)} {(problem.Pins[candidate.Key] >= 0 ? "=" : "<=")} 1");
        foreach (var mentor in pairs.GroupBy(p => p.k)) writer.WriteLine($"{Sum(mentor)} <= {problem.Capacity[mentor.Key]}");
        writer.WriteLine("End");
    }
}
