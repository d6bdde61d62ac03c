using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Privacy.Log;

namespace Anlauf.Tests.Privacy;

/// <summary>The officer's view of the log.</summary>
public sealed class LogTests(AssociationDatabase association) : IClassFixture<AssociationDatabase>
{
    private int Officer => association.Persons["data-protection-officer"];
    private Task<IReadOnlyList<AuditRegister.Row>> ListAsync(int? person, AuditRegister.Filter? filter = null, int offset = 0, int? limit = null) =>
        association.UseAsync<AuditRegister, IReadOnlyList<AuditRegister.Row>>(person, r => r.ListAsync(filter ?? new(), offset, limit));

    [Fact]
    public async Task The_officer_reads_who_what_and_why_and_filters_by_kind_person_and_area()
    {
        await association.UseAsync<AuditLog, bool>(association.DistrictChair, async audit =>
        {
            await audit.ReadAsync("/menschen/{id:int}", $"id={association.LocalMember}", association.LocalMember, "duty");
            await audit.ExportAsync("/menschen.csv", null, null, "meeting");
            return true;
        });
        await association.TellAsync("update organisation.person set phone = '1' where id = @id", new { id = association.LocalMember });
        var read = (await ListAsync(Officer, new(Kind: "einsicht"))).ShouldHaveSingleItem();
        (read.ActorName, read.Reason, read.SubjectId, read.Subject).ShouldBe(("Theo Kontur", "Laufende Aufgabe meines Amtes", association.LocalMember, "Max Muster"));
        (await ListAsync(Officer, new(Kind: "ausgabe"))).ShouldHaveSingleItem().Reason.ShouldBe("Einladung, Sitzung oder Wahl vorbereiten");
        (await ListAsync(Officer, new(Subject: association.LocalMember, Area: "organisation", Kind: "aenderung"))).ShouldContain(r => r.Labels != null && r.Labels.Contains("Telefon"));
        (await ListAsync(Officer, new(Area: "meetings"))).ShouldBeEmpty();
        (await ListAsync(Officer, new(To: new DateOnly(2020, 1, 1)))).ShouldBeEmpty();
        var page = await ListAsync(Officer, limit: 2);
        var next = await ListAsync(Officer, offset: 1, limit: 1);
        next.Single().Position.ShouldBe(page[1].Position);
    }

    [Fact]
    public async Task The_file_holds_what_the_list_holds()
    {
        await association.TellAsync("update organisation.person set title = 'Dr.' where id = @id", new { id = association.LocalMember });
        var csv = System.Text.Encoding.UTF8.GetString(await association.UseAsync<AuditRegister, byte[]>(Officer, r => r.CsvAsync(new(Area: "organisation"))));
        csv.Split("\r\n").Length.ShouldBe((await ListAsync(Officer, new(Area: "organisation"))).Count + 2);
        csv.ShouldContain("\"Titel\"");
        csv.ShouldNotContain("Dr.");
    }

    [Fact]
    public async Task Nobody_else_reads_the_log_except_what_concerns_themself()
    {
        await association.TellAsync("update organisation.person set phone = '2' where id in (@a, @b)", new { a = association.LocalMember, b = association.LocalChair });
        (await ListAsync(association.StateManager)).ShouldAllBe(r => r.SubjectId == association.StateManager);
        (await ListAsync(association.LocalMember)).ShouldNotBeEmpty();
        (await ListAsync(association.LocalMember)).ShouldAllBe(r => r.SubjectId == association.LocalMember);
        (await association.UseAsNobodyAsync<AuditRegister, int>(r => r.CountAsync(new()))).ShouldBe(0);
    }

    [Fact]
    public async Task An_officer_of_one_association_reads_nothing_of_another()
    {
        var other = await association.DivisionAsync("sachsen-anhalt");
        await association.TellAsync("insert into organisation.person (division_id, given_name, family_name) values (@other, 'A', 'B')", new { other });
        (await association.ListAsync<int>("select division_id from audit.entry where object = 'organisation.person'", person: Officer)).ShouldNotContain(other);
        (await association.ListAsync<int>("select division_id from audit.entry where object = 'organisation.person'")).ShouldContain(other);
    }

    [Fact]
    public async Task A_reason_is_asked_for_where_the_rights_say_so()
    {
        (await association.UseAsync<AuditLog, bool>(Officer, a => a.NeedsReasonAsync("audit", "export", "P1"))).ShouldBeTrue();
        (await association.UseAsync<AuditLog, bool>(Officer, a => a.NeedsReasonAsync("resolutions", "export", "P1"))).ShouldBeFalse();
        (await association.UseAsync<Db, IReadOnlyList<string>>(Officer, db => db.QueryAsync<string>("select id from audit.reason"))).Count.ShouldBeGreaterThan(4);
    }
}
