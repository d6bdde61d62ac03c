using Anlauf.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Organisation;

public sealed class DivisionTreeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private async Task<int> AddAsync(string slug, int? parent)
    {
        await using var scope = database.AsSystem();
        return await scope.ServiceProvider.GetRequiredService<Db>().ScalarAsync<int>(
            "insert into organisation.division (parent_id, kind, name, short_name, slug) values (@parent, 'LocalAssociation', @slug, @slug, @slug) returning id", new { slug, parent });
    }

    private async Task<string> BelowAsync(int division)
    {
        await using var scope = database.AsSystem();
        return string.Join(' ', await scope.ServiceProvider.GetRequiredService<Db>().QueryAsync<string>(
            "select d.slug || c.depth from organisation.division_closure c join organisation.division d on d.id = c.descendant_id where ancestor_id = @division order by 1", new { division }));
    }

    [Fact]
    public async Task The_database_keeps_the_closure_when_a_branch_moves()
    {
        var land = await AddAsync("land", null);
        var north = await AddAsync("nord", land);
        var south = await AddAsync("sued", land);
        var local = await AddAsync("ort", north);
        (await BelowAsync(land)).ShouldBe("land0 nord1 ort2 sued1");
        await using (var scope = database.AsSystem())
            await scope.ServiceProvider.GetRequiredService<Db>().ExecuteAsync("update organisation.division set parent_id = @south where id = @north", new { south, north });
        (await BelowAsync(south)).ShouldBe("nord1 ort2 sued0");
        (await BelowAsync(land)).ShouldBe("land0 nord2 ort3 sued1");
        (await BelowAsync(local)).ShouldBe("ort0");
    }

    [Fact]
    public async Task A_division_cannot_be_placed_below_itself()
    {
        var top = await AddAsync("oben", null);
        var below = await AddAsync("unten", top);
        await using var scope = database.AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var refused = await Should.ThrowAsync<PostgresException>(() => db.ExecuteAsync("update organisation.division set parent_id = @below where id = @top", new { below, top }));
        refused.ConstraintName.ShouldBe("division_not_below_itself");
    }

    [Fact]
    public async Task Without_an_acting_person_there_are_no_rows()
    {
        await AddAsync("sichtbar", null);
        await using var scope = database.AsNobody();
        (await scope.ServiceProvider.GetRequiredService<Db>().ScalarAsync<long>("select count(*) from organisation.division")).ShouldBe(0);
    }
}
