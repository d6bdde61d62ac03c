using Anlauf.Benchmarks;

return args switch
{
    ["intake", "records", .. var files] => IntakeBenchmark.Records(files),
    ["intake", var path] => IntakeBenchmark.Measure(path),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("benchmarks: intake FILE.jsonl | intake records FILE...");
    return 2;
}
