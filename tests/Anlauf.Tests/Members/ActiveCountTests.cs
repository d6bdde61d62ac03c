using Npgsql;

namespace Anlauf.Tests.Members;

/// <summary>The number of active members of a division is kept as it changes and never counted: it has to be the counted one all the same.</summary>
public sealed class ActiveCountTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private const string Sums = "select coalesce(string_agg(x.line, ' ' order by x.line), '') from (select a.division_id || ':' || sum(a.n) as line from members.active_count a group by a.division_id having sum(a.n) <> 0) x";
    private const string Counted = "select coalesce(string_agg(x.line, ' ' order by x.line), '') from (select m.division_id || ':' || count(*) as line from members.party_membership m where m.kind = 'member' and m.state = 'active' group by m.division_id) x";

    [Fact]
    public async Task The_number_kept_is_the_number_counted_whatever_happens_to_memberships()
    {
        await using var owner = new NpgsqlConnection(house.Connections.Owner);
        await owner.OpenAsync();
        async Task<string> AskAsync(string sql) { await using var c = new NpgsqlCommand(sql, owner); return (await c.ExecuteScalarAsync())?.ToString() ?? ""; }
        var seen = new List<string>();
        foreach (var happens in new[]
        {
            "select 1",
            "insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on) select p.id, p.division_id, 'member', case when p.id % 4 = 0 then 'suspended' else 'active' end, current_date - 400, current_date - 400 from organisation.person p where not exists (select from members.party_membership m where m.person_id = p.id)",
            "update members.party_membership set state = 'left', left_on = current_date, left_reason = 'resigned' where person_id % 3 = 0 and state = 'active'",
            "update members.party_membership set division_id = (select id from organisation.division where slug = 'kreis-14522') where person_id % 5 = 0",
            "update members.party_membership set received_on = received_on - 1",
            "delete from members.party_membership where person_id % 7 = 0",
        })
        {
            await using (var command = new NpgsqlCommand($"select set_config('anlauf.actor', 'system', false); {happens}", owner)) await command.ExecuteNonQueryAsync();
            var kept = await AskAsync(Sums);
            kept.ShouldBe(await AskAsync(Counted), happens);
            seen.Add(kept);
        }
        seen.Distinct().Count().ShouldBe(5, "each but the first and the one that changes no number changes it");
        // every night the rows of a division become one, and the number stays
        (await AskAsync("select count(*) > count(distinct division_id) from members.active_count")).ShouldBe("True");
        await house.TellAsync("select members.sum_active()");
        (await AskAsync("select count(*) = count(distinct division_id) from members.active_count")).ShouldBe("True");
        (await AskAsync(Sums)).ShouldBe(seen[^1]);
        await AskAsync("select members.recount_active()");
        (await AskAsync(Sums)).ShouldBe(seen[^1]);
    }

    [Fact]
    public async Task Nobody_but_the_night_puts_the_rows_together()
    {
        var before = await RowsAsync();
        await house.TellAsync("select members.sum_active()", person: house.StateManager);
        (await RowsAsync()).ShouldBe(before);

        async Task<string> RowsAsync()
        {
            await using var owner = new NpgsqlConnection(house.Connections.Owner);
            await owner.OpenAsync();
            await using var c = new NpgsqlCommand("select count(*) || ' ' || coalesce(sum(n), 0) from members.active_count", owner);
            return (string)(await c.ExecuteScalarAsync())!;
        }
    }
}
