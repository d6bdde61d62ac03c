using Anlauf.Benchmarks;

return args switch
{
    ["intake", "records", .. var files] => IntakeBenchmark.Records(files),
    ["intake", var path] => IntakeBenchmark.Measure(path),
    ["plan", var family, .. var rest] => PlanTable.Run(family, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        intake FILE.jsonl | intake records FILE...
        plan FAMILY [FOLDER] [--only TEXT] [--time S] [--threads N] [--repeat N] [--baseline [--baseline-time S]]   one table for a whole family
        """);
    return 2;
}
