using Npgsql;

namespace Anlauf.Tests.Access;

/// <summary>
/// What somebody reaches is worked out once and remembered in the connection. Whatever rights come from, changed anywhere, counts with
/// the very next statement all the same, and what is remembered is always what would be worked out anew.
/// </summary>
public sealed class ReachOnceTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private const string Rights = "select r.data_class, r.feature, r.action from access.role_right r group by 1, 2, 3";

    private async Task<NpgsqlConnection> OpenAsync(string actor)
    {
        var connection = new NpgsqlConnection(house.Connections.Owner);
        await connection.OpenAsync();
        await RunAsync(connection, $"select set_config('anlauf.actor', '{actor}', false)");
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync()}";
    }

    // every right there is, remembered against worked out anew
    private static Task<string> DifferencesAsync(NpgsqlConnection connection) => AskAsync(connection, $"""
        select string_agg(concat_ws(' ', r.data_class, r.feature, r.action), ', ') from ({Rights}) r
        where (select array_agg(d order by d) from unnest(access.divisions_for(r.data_class, r.feature, r.action)) d) is distinct from (select array_agg(d order by d) from unnest(access.work_out_divisions(r.data_class, r.feature, r.action)) d)
          or access.whole(r.data_class, r.feature, r.action) is distinct from coalesce(cardinality(access.work_out_divisions(r.data_class, r.feature, r.action)) = (select count(*) from organisation.division), false)
        """);

    public static TheoryData<string> Changes => new(
        "update organisation.office_holding set valid_to = current_date - 1 where person_id = @chair",
        "update organisation.office_holding set valid_to = null where person_id = @chair",
        "update organisation.office set role_id = 'local-chair' where id in (select office_id from organisation.office_holding where person_id = @chair)",
        "update organisation.office set role_id = 'district-chair' where id in (select office_id from organisation.office_holding where person_id = @chair)",
        "insert into organisation.division (parent_id, kind, name, short_name, slug) select id, 'LocalAssociation', 'Neu', 'Neu', 'neu' from organisation.division where slug = 'kreis-14522'",
        "update organisation.division set parent_id = (select id from organisation.division where slug = 'kreis-14523') where slug = 'neu'",
        "delete from organisation.division where slug = 'neu'",
        "delete from access.role_right where role_id = 'district-chair' and feature = 'people' and action = 'read'",
        "insert into access.role_right values ('district-chair', 'people', 'read', 'P2', 'subtree') on conflict do nothing",
        "insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) select min(h.id), @chair, current_date, current_date from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.role_id = 'state-manager'",
        "delete from organisation.delegation where person_id = @chair",
        "insert into organisation.shield (division_id, feature, data_class) select id, 'meetings', 'P7' from organisation.division where slug like 'ort-14522230%' limit 1",
        "delete from organisation.shield");

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_counts_with_the_next_statement_of_everybody(string change)
    {
        change = change.Replace("@chair", $"{house.DistrictChair}", StringComparison.Ordinal);
        foreach (var actor in new[] { $"{house.DistrictChair}", $"{house.StateManager}", "system", "" })
        {
            await using var reader = await OpenAsync(actor);
            await using var changer = await OpenAsync("system");
            (await DifferencesAsync(reader)).ShouldBeEmpty();
            await using (var transaction = await changer.BeginTransactionAsync())
            {
                await RunAsync(changer, change);
                (await DifferencesAsync(changer)).ShouldBeEmpty("the one who changes sees it at once");
                (await DifferencesAsync(reader)).ShouldBeEmpty("nobody else sees it before it holds");
                await transaction.RollbackAsync();
            }
            (await DifferencesAsync(changer)).ShouldBeEmpty("taken back");
            if (actor.Length == 0) await RunAsync(changer, change);
            (await DifferencesAsync(reader)).ShouldBeEmpty();
            // from one to another in the same connection
            await RunAsync(reader, $"select set_config('anlauf.actor', '{house.LocalMember}', false)");
            (await DifferencesAsync(reader)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_change_that_holds_is_seen_by_a_connection_that_has_remembered()
    {
        await using var reader = await OpenAsync($"{house.MinuteTaker}");
        await using var changer = await OpenAsync("system");
        const string Asked = "select coalesce(cardinality(access.divisions_for('P1', 'meetings', 'edit')), 0)";
        var before = await AskAsync(reader, Asked);
        before.ShouldNotBe("0");
        await using (var transaction = await changer.BeginTransactionAsync())
        {
            await RunAsync(changer, $"update organisation.office_holding set valid_to = current_date - 1 where person_id = {house.MinuteTaker}");
            // in the middle: remembered under the old state, which must not outlive the commit
            (await AskAsync(reader, Asked)).ShouldBe(before);
            await transaction.CommitAsync();
        }
        (await AskAsync(reader, Asked)).ShouldBe("0");
        await RunAsync(changer, $"update organisation.office_holding set valid_to = null where person_id = {house.MinuteTaker}");
        (await AskAsync(reader, Asked)).ShouldBe(before);
        // two who change at once: the one who began first and holds last is seen too
        await using var other = await OpenAsync("system");
        await using (var first = await changer.BeginTransactionAsync())
        {
            await RunAsync(changer, $"update organisation.office_holding set valid_to = current_date - 1 where person_id = {house.MinuteTaker}");
            await RunAsync(other, "update access.role_right set reach = reach where role_id = 'member'");
            (await AskAsync(reader, Asked)).ShouldBe(before);
            await first.CommitAsync();
        }
        (await AskAsync(reader, Asked)).ShouldBe("0");
    }
}
