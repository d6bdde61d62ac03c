using Anlauf.Benchmarks;

return args switch
{
    ["intake", "records", .. var files] => IntakeBenchmark.Records(files),
    ["intake", var path] => IntakeBenchmark.Measure(path),
    ["plan", var family, .. var rest] => PlanTable.Run(family, rest),
    ["grow", var kind, .. var rest] => GrowthTable.Run(kind, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        intake FILE.jsonl | intake records FILE...
        plan FAMILY [FOLDER] [--only TEXT] [--time S] [--threads N] [--repeat N] [--baseline [--baseline-time S]]   one table for a whole family
        grow KIND [--time S] [--repeat SEEDS]   generated problems of n, 2n, 4n, 8n
        """);
    return 2;
}
