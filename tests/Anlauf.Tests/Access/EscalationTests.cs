using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings.Review;
using Anlauf.Rooms.Organisation;
using Anlauf.Rooms.Presence;
using Anlauf.Rooms.Situation;
using Npgsql;

namespace Anlauf.Tests.Access;

/// <summary>What an office tries with its own reach to get at more: each way is closed by the handler in words, and by the database without it.</summary>
public sealed class EscalationTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Today);

    private async Task RefusedAsync(string sql, object arguments, int person) =>
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync(sql, arguments, person))).SqlState.ShouldBe("42501");

    [Fact]
    public async Task A_district_does_not_widen_its_area_to_see_the_members_of_others()
    {
        var own = await house.DivisionAsync("kreis-14522");
        (await house.UseAsync<SaveDivision, Outcome<string>>(house.DistrictChair, s => s.HandleAsync(new() { ParentId = own, Kind = "LocalAssociation", Name = "OV Überall", Area = "14" }))).Refusal!.Message.ShouldContain("liegt nicht im Gebiet");
        (await house.UseAsync<SaveDivision, Outcome<string>>(house.DistrictChair, s => s.HandleAsync(new() { ParentId = own, Kind = "LocalAssociation", Name = "OV Lichtenau", Area = "Lichtenau" }))).Value.ShouldBe("ov-lichtenau");
        // the own area is set by those who administer the association
        await RefusedAsync("insert into organisation.division_area values (@own, '14')", new { own }, house.DistrictChair);
        (await house.TellAsync("insert into organisation.division_area select id, '14521' from organisation.division where slug = 'kreis-14522'", null, house.StateManager)).ShouldBe(1);
        await house.TellAsync("delete from organisation.division_area where division_id = @own and area_key = '14521'", new { own });
        // a change of the name leaves the area as it is
        (await house.UseAsync<SaveDivision, Outcome<string>>(house.DistrictChair, s => s.HandleAsync(new() { Id = own, Kind = "DistrictAssociation", Name = "Kreisverband Mittelsachsen", ShortName = "KV Mittelsachsen", Area = "14522" }))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_prolongs_the_own_term_or_appoints_somebody_unknown()
    {
        var holding = await house.UseAsync<Db, int>(null, db => db.SingleAsync<int>("select id from organisation.office_holding where person_id = @DistrictChair", new { house.DistrictChair }));
        await house.TellAsync("update organisation.office_holding set valid_to = current_date + 30 where id = @holding", new { holding });
        (await house.UseAsync<EndHolding, Outcome<int>>(house.DistrictChair, e => e.HandleAsync(new() { Id = holding, ValidTo = new(2099, 12, 31) }))).Refusal!.Message.ShouldContain("verlängert niemand selbst");
        await RefusedAsync("update organisation.office_holding set valid_to = date '2099-12-31' where id = @holding", new { holding }, house.DistrictChair);
        (await house.UseAsync<EndHolding, Outcome<int>>(house.DistrictChair, e => e.HandleAsync(new() { Id = holding, ValidTo = Today.AddDays(10) }))).Refusal.ShouldBeNull();

        var stranger = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Geheim', 'Mitglied' from organisation.division where slug = 'kreis-14713' returning id");
        var mine = await house.DivisionAsync("kreis-14522");
        var post = (await house.UseAsync<SaveOffice, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(new() { DivisionId = mine, Name = "Beisitz" }))).Value;
        await RefusedAsync("insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) values (@post, @person, current_date, date '2099-01-01')", new { post, person = house.DistrictChair }, house.DistrictChair);
        foreach (var id in new[] { stranger, 999_999 })
            (await house.UseAsync<FillOffice, Outcome<int>>(house.DistrictChair, f => f.HandleAsync(new() { OfficeId = post, PersonId = id, ValidFrom = Today }))).Refusal!.Message.ShouldBe("Diese Person gibt es nicht, oder Sie dürfen sie nicht sehen");
        await RefusedAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@post, @stranger, current_date)", new { post, stranger }, house.DistrictChair);
    }

    [Fact]
    public async Task A_district_moves_nowhere_by_itself()
    {
        var (own, other) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14523"));
        await RefusedAsync("update organisation.division set parent_id = @other where id = @own", new { own, other }, house.DistrictChair);
        await RefusedAsync("update organisation.division set parent_id = null where id = @own", new { own }, house.DistrictChair);
    }

    [Fact]
    public async Task A_body_of_another_division_decides_nothing_here()
    {
        var (district, board) = (await house.DivisionAsync("kreis-14522"), await house.BodyAsync("landesvorstand-sachsen"));
        var taken = (await house.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(house.DistrictChair, u => u.HandleAsync(district, "x.md", Meetings.Minutes.Of(new(2025, 5, 2))))).Value!;
        (await house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.DistrictChair, a => a.HandleAsync(new() { DocumentId = taken.DocumentId, BodyId = board }))).Refusal!.Field.ShouldBe("BodyId");
        (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into meetings.meeting (division_id, body_id, title, held_on, slug) values (@district, @board, 'x', current_date, 'fremd')", new { district, board }))).SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task A_confidential_meeting_is_closed_with_everything_that_hangs_on_it()
    {
        var saxony = await house.DivisionAsync("sachsen");
        var taken = (await house.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(house.MinuteTaker, u => u.HandleAsync(saxony, "v.md", Meetings.Minutes.Of(new(2025, 5, 9))))).Value!;
        var accepted = await house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.MinuteTaker, a => a.HandleAsync(new() { DocumentId = taken.DocumentId }));
        accepted.Refusal.ShouldBeNull();
        var meeting = accepted.Value!.MeetingId;
        string[] parts = ["attendance", "agenda_item", "resolution", "task", "follow_up"];
        async Task<string> SeenAsync(int person) => string.Join(' ', await Task.WhenAll(parts.Select(async p => await house.AskAsync<long>($"select count(*) from meetings.{p} where meeting_id = @meeting", new { meeting }, person) > 0 ? p : "-")))
            + (await house.AskAsync<long>("select count(*) from meetings.document where id = @DocumentId", new { taken.DocumentId }, person) > 0 ? " document" : " -");
        (await SeenAsync(house.MinuteTaker)).ShouldBe("attendance agenda_item resolution task follow_up document");
        await house.TellAsync("update meetings.meeting set confidential = true where id = @meeting", new { meeting });
        (await SeenAsync(house.MinuteTaker)).ShouldBe("- - - - - -");
        (await SeenAsync(house.DistrictChair)).ShouldBe("- - - - - -");
        // who may read confidential items there still does
        (await SeenAsync(house.StateManager)).ShouldBe("attendance agenda_item resolution task follow_up document");
    }

    [Theory]
    [InlineData("at-least", 1, true)]
    [InlineData("at-least", 1.5, false)]
    [InlineData("at-least", 3, false)]
    [InlineData("at-least", 5, true)]
    [InlineData("at-most", 0, true)]
    [InlineData("at-most", 2, false)]
    [InlineData("at-most", 4, true)]
    public async Task Goals_on_members_do_not_tell_small_cells_apart(string comparison, double target, bool allowed)
    {
        var saxony = await house.DivisionAsync("sachsen");
        var outcome = await house.UseAsync<SaveGoal, Outcome<string>>(house.StateManager, s => s.HandleAsync(new() { DivisionId = saxony, Title = "Mitglieder", IndicatorId = "members.count", Comparison = comparison, Target = (decimal)target, AreaKey = "14" }));
        outcome.Done.ShouldBe(allowed);
        await house.TellAsync("insert into situation.indicator (id, hides_small) values ('members.count', true) on conflict do nothing");
        if (!allowed)
            (await Should.ThrowAsync<PostgresException>(() => house.TellAsync("insert into situation.goal (division_id, slug, title, indicator_id, comparison, target, level, started_on) values (@saxony, 'roh-' || @target, 'x', 'members.count', @comparison, @target, 'municipality', current_date)", new { saxony, comparison, target = (decimal)target }))).SqlState.ShouldBe("23514");
    }

    [Fact]
    public async Task A_local_branch_opens_no_contact_point_in_another_district()
    {
        var hainichen = await house.DivisionAsync("ort-14522230");
        Task<Outcome<string>> OpenAsync(string place) => house.UseAsync<SaveContactPoint, Outcome<string>>(house.LocalChair, s => s.HandleAsync(new() { DivisionId = hainichen, KindId = "volunteer-room", Name = "Treff", Municipality = place, OpenedOn = Today }));
        (await OpenAsync("14713000")).Refusal!.Message.ShouldContain("gehört nicht zum Gebiet");
        (await OpenAsync("Hainichen")).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task An_address_that_something_hidden_has_is_neither_refused_nor_counted_on()
    {
        var (own, foreign) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14521"));
        await house.TellAsync("insert into meetings.meeting (division_id, title, held_on, slug) values (@foreign, 'Klausur', date '2026-12-01', '2026-12-01-klausur')", new { foreign });
        async Task<string> SaveAsync(string title, int day) => (await house.UseAsync<Rooms.Meetings.SaveMeeting, Outcome<string>>(house.DistrictChair, s => s.HandleAsync(new() { DivisionId = own, Title = title, HeldOn = new(2026, 12, day) }))).Value!;
        (await SaveAsync("Klausur", 1)).ShouldMatch("^2026-12-01-klausur-[a-z]{5}$");
        (await SaveAsync("Frei", 3)).ShouldBe("2026-12-03-frei");
        // nobody asks without acting
        (await house.UseAsNobodyAsync<Db, bool>(async db =>
        {
            try { return await db.ScalarAsync<bool>("select platform.slug_taken('meetings.meeting', '2026-12-01-klausur', null)"); }
            catch (PostgresException e) when (e.SqlState == "42501") { return false; }
        })).ShouldBeFalse();
    }
}
