namespace Anlauf.Planning;

/// <summary>A planning problem: data only. Solvers and checkers both read it and share nothing else.</summary>
/// <param name="Instance">name of the problem, as in the published tables</param>
public abstract record PlanProblem(string Instance);

/// <summary>A problem together with the way to solve it.</summary>
/// <param name="Problem">the data</param>
/// <param name="Solve">the solver of its family</param>
public sealed record PlanTask(PlanProblem Problem, Func<SearchLimits, PlanResult> Solve);

/// <summary>What a reader gets: the files named on the command line and the options some formats need.</summary>
/// <param name="Files">paths in the order given</param>
public sealed record PlanInput(IReadOnlyList<string> Files)
{
    /// <summary>Only the problem of this name, or all.</summary>
    public string? Problem { get; init; }

    /// <summary>Radius of covering in the units of the coordinates (mclp).</summary>
    public decimal? Radius { get; init; }

    /// <summary>Number of sites to open (mclp).</summary>
    public int? Sites { get; init; }

    /// <summary>Capacity in place of the word "capacity" (cflp, files capa to capc).</summary>
    public long? Capacity { get; init; }
}

/// <summary>One family of problems: its name on the command line and its reader.</summary>
/// <param name="Name">name on the command line</param>
/// <param name="Description">one German line for the help</param>
/// <param name="Read">reads all problems of the input; throws <see cref="PlanInputException"/></param>
public sealed record PlanFamily(string Name, string Description, Func<PlanInput, IEnumerable<PlanTask>> Read);

/// <summary>All families. Each group of families registers itself in its own file.</summary>
public static class PlanFamilies
{
    /// <summary>Every family, in the order of the help.</summary>
    public static IReadOnlyList<PlanFamily> All { get; } =
    [
        .. Location.LocationFamilies.All,
        .. Assignment.AssignmentFamilies.All,
        .. Routes.RouteFamilies.All,
        new("state", "Ordner mit problems.json: alle Aufgaben eines Landes", Instances.StateFolder.ReadTasks),
        new("json", "eigenes Format, siehe docs/plan-format.md", Instances.JsonProblems.ReadTasks),
    ];

    /// <summary>The problems of the input, or the one named in it.</summary>
    /// <exception cref="PlanInputException">no such family or problem, or a file that cannot be used; thrown while reading goes on</exception>
    public static IEnumerable<PlanTask> Read(string family, PlanInput input)
    {
        var names = new List<string>();
        var found = false;
        foreach (var task in Find(family).Read(input))
        {
            names.Add(task.Problem.Instance);
            if (input.Problem is not null && input.Problem != task.Problem.Instance) continue;
            found = true;
            yield return task;
        }
        if (!found && input.Problem is { } wanted)
            throw new PlanInputException($"Die Aufgabe „{wanted}“ gibt es hier nicht. Vorhanden: {string.Join(", ", names)}.");
    }

    /// <summary>The family of this name.</summary>
    /// <exception cref="PlanInputException">no such family</exception>
    public static PlanFamily Find(string name) =>
        All.FirstOrDefault(family => family.Name == name)
        ?? throw new PlanInputException($"Die Familie „{name}“ gibt es nicht. Bekannt sind: {string.Join(", ", All.Select(f => f.Name))}.");
}
