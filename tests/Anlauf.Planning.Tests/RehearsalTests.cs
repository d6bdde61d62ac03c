using System.Runtime;
using Anlauf.Planning.Assignment.Sponsors;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Tests;

/// <summary>What is generated is solved and proven like any other problem, and a rehearsal leaves little to compile.</summary>
public sealed class RehearsalTests
{
    public static TheoryData<string> Kinds => [.. GeneratedProblems.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_generated_problem_is_solved_with_a_certificate_that_holds(string kind)
    {
        var task = GeneratedProblems.Kinds[kind].Make(1, 7);
        Rehearsal.Before(task.Problem);
        var compiled = JitInfo.GetCompiledMethodCount(currentThread: true);
        var result = task.Solve(new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 });
        (JitInfo.GetCompiledMethodCount(currentThread: true) - compiled).ShouldBeLessThan(200);
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_search_that_may_hardly_begin_ends_with_what_it_has(string kind)
    {
        var task = GeneratedProblems.Kinds[kind].Make(1, 3);
        foreach (var iterations in new[] { 1, 10, 70, 400 })
        {
            var result = await Task.Run(() => task.Solve(new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = iterations })).WaitAsync(TimeSpan.FromMinutes(2));
            if (result.Certificate is { } certificate) CertificateChecker.Check(task.Problem, certificate).Ok.ShouldBeTrue($"{iterations} iterations");
        }
    }

    [Fact]
    public void A_rehearsal_reaches_the_tree_of_deputies_and_constituencies()
    {
        var problem = ((SponsorProblem)GeneratedProblems.Kinds["sponsor"].Make(3, 11).Problem).WithTolerance(50);
        Rehearsal.Before(problem);
        var compiled = JitInfo.GetCompiledMethodCount(currentThread: true);
        SponsorSolver.Solve(problem, new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 });
        (JitInfo.GetCompiledMethodCount(currentThread: true) - compiled).ShouldBeLessThan(40);
    }

    [Fact]
    public void Every_kind_of_problem_is_rehearsed() =>
        typeof(PlanProblem).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PlanProblem)) && !t.IsAbstract)
            .Except(GeneratedProblems.Kinds.Values.Select(k => k.Make(1, 1).Problem.GetType())).ShouldBeEmpty();
}
