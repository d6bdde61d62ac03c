using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Territory;

/// <summary>What tests with official files in the database share.</summary>
public abstract class TerritoryTest(TestDatabase database)
{
    protected const string Register2024 = "municipalities/AuszugGV_2024-12-31.xlsx";

    protected TestDatabase Database => database;

    protected async Task<ImportReport> ImportAsync(string kind, string path, bool dryRun = false)
    {
        await using var scope = database.AsSystem();
        return await scope.ServiceProvider.GetServices<IFileImport>().Single(i => i.Kind == kind).RunAsync(path, dryRun, default);
    }

    protected async Task<T?> AskAsync<T>(string sql)
    {
        await using var scope = database.AsNobody();
        return await scope.ServiceProvider.GetRequiredService<Db>().ScalarAsync<T>(sql);
    }
}
