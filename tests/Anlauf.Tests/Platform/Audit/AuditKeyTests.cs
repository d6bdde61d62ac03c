namespace Anlauf.Tests.Platform.Audit;

/// <summary>The key of an entry says which row, never who: what is written there can never be taken out again.</summary>
public sealed class AuditKeyTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task A_name_that_is_part_of_a_key_does_not_stand_in_the_audit()
    {
        var resolution = await house.ResolveAsync("kreis-14522", "S-1", "Beschluss");
        await house.TellAsync("insert into meetings.resolution_recipient (resolution_id, division_id, recipient) select id, division_id, 'Nadja Schlüsselname' from meetings.resolution where id = @resolution", new { resolution });
        await house.TellAsync("update meetings.resolution_recipient set recipient = 'Nadja Umgetauft' where resolution_id = @resolution", new { resolution });
        await house.TellAsync("delete from meetings.resolution_recipient where resolution_id = @resolution", new { resolution });
        var keys = await house.ListAsync<string>("select key from audit.entry where object = 'meetings.resolution_recipient' order by position");
        keys.Count.ShouldBe(4);
        keys.ShouldAllBe(k => k == $"{{\"resolution_id\": {resolution}}}");
    }
}
