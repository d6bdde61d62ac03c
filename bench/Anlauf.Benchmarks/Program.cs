using Anlauf.Benchmarks;

return args switch
{
    ["intake", "records", .. var files] => IntakeBenchmark.Records(files),
    ["intake", var path] => IntakeBenchmark.Measure(path),
    ["plan", var family, .. var rest] => PlanTable.Run(family, rest),
    ["change", .. var rest] => ChangeTable.Run(rest),
    ["matchings", var size, .. var rest] => MatchingTable.Run(size, rest),
    ["grow", var kind, .. var rest] => GrowthTable.Run(kind, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        intake FILE.jsonl | intake records FILE...
        plan FAMILY [FOLDER] [--only TEXT] [--time S] [--threads N] [--repeat N] [--baseline [--baseline-time S]]   one table for a whole family
        change [FOLDER] [--only TEXT] [--time S]   state location problems after one change, from the plan before and from nothing
        matchings MENTORSxCANDIDATES [--only TEXT] [--threads N] [--repeat N]   mentors by kinds of scores and shapes
        grow KIND [--time S] [--repeat SEEDS]   generated problems of n, 2n, 4n, 8n
        """);
    return 2;
}
