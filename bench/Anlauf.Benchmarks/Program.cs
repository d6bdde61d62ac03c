using Anlauf.Benchmarks;

return args switch
{
    ["plan", var family, .. var rest] => PlanTable.Run(family, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("plan FAMILY [FOLDER] [--only TEXT] [--time S] [--threads N] [--repeat N] [--baseline]   one table for a whole family");
    return 2;
}
