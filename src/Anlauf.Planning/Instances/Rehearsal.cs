using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Assignment.Mentors;
using Anlauf.Planning.Assignment.Sponsors;
using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;
using Anlauf.Planning.Routes.MobileOffice;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Instances;

/// <summary>
/// Solves small generated problems before the first real one of a kind: a program that has just started would otherwise compile
/// the solver (a tenth to a third of a second) while its clock runs, and a search that takes ten milliseconds would say two hundred.
/// </summary>
public static class Rehearsal
{
    private const int Few = 40;
    private static readonly HashSet<string> Done = [];

    // work, not time: a busy machine would end a rehearsal before it has reached what it is for
    private static SearchLimits Limits => new() { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 };

    /// <summary>Makes sure that the code for a problem of this kind is compiled. Costs nothing the second time; no part of the problem is looked at but its kind.</summary>
    /// <param name="problem">the problem that is to be solved next</param>
    public static void Before(PlanProblem problem)
    {
        // whoever comes second waits until the first is done
        lock (Done)
            foreach (var kind in Kinds(problem).Where(Done.Add))
            {
                for (var seed = 1UL; seed <= 2; seed++)
                    GeneratedProblems.Kinds[kind].Make(1, seed).Solve(Limits);
                if (kind == "sponsor") Branch();
            }
    }

    // problems solved within milliseconds have so few columns left that they are tried one by one: with fewer allowed the
    // linear programme, its subset rows and the tree are needed as on a large one
    private static void Branch()
    {
        var tight = ((SponsorProblem)GeneratedProblems.Kinds["sponsor"].Make(2, 7).Problem).WithTolerance(5);
        LoadSearch.Find(tight, Limits.Start(), null, 2, Few);
    }

    private static string[] Kinds(PlanProblem problem) => problem switch
    {
        LocationProblem { Goal: LocationGoal.MostCovered } => ["cover", "cover-costs"],
        LocationProblem => ["median", "median-costs"],
        CapacitatedProblem { Conditions.Budget: null } => ["cflp"],
        CapacitatedProblem => ["median-capacities"],
        SponsorProblem { Connected: true } => ["sponsor-contiguous"],
        SponsorProblem => ["sponsor"],
        GeneralisedAssignmentProblem => ["gap"],
        MentorProblem => ["mentor", "mentor-places"],
        MobileOfficeProblem => ["mobile"],
        OrienteeringProblem { Tours: 1 } => ["op"],
        OrienteeringProblem => ["top"],
        _ => [],
    };
}
