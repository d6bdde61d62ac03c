using Anlauf.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Access;

/// <summary>
/// Four divisions around an office – its own district, the state above, a local branch below, the district beside – each with one
/// marked row of everything. A mark says what it is and where it belongs („mk-resolutions-own“), so that it is recognised wherever it leaks to.
/// </summary>
public sealed class Scene : IAsyncLifetime
{
    /// <summary>The four places, by their slugs.</summary>
    public static readonly IReadOnlyDictionary<string, string> Places = new Dictionary<string, string> { ["own"] = "kreis-14522", ["parent"] = "sachsen", ["child"] = "ort-14522230", ["sibling"] = "kreis-14521" };

    public AssociationDatabase House { get; } = new();

    /// <summary>Ids of the divisions by place.</summary>
    public Dictionary<string, int> Divisions { get; } = [];

    /// <summary>Places by division id.</summary>
    public Dictionary<int, string> PlaceOf => Divisions.ToDictionary(d => d.Value, d => d.Key);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await House.InitializeAsync();
        foreach (var (place, slug) in Places)
        {
            var division = Divisions[place] = await House.DivisionAsync(slug);
            // one statement each: row-level security sees a new row only from the next statement on
            foreach (var statement in Rows.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                await House.TellAsync(statement, new { division, place });
            // a message comes from outside: nobody in the house can put one in
            await using var owner = new NpgsqlConnection(House.Connections.Owner);
            await owner.OpenAsync();
            await using var message = new NpgsqlCommand("insert into portal.message (id, division_id, content) values (gen_random_uuid(), $1, convert_to('mk-inbox-' || $2, 'UTF8'))", owner) { Parameters = { new() { Value = division }, new() { Value = place } } };
            await message.ExecuteNonQueryAsync();
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => House.DisposeAsync();

    /// <summary>A person with one office in the own district that carries a role of exactly these rights; the person's id.</summary>
    public async Task<int> OfficerAsync(string role, params (string Feature, string Action, string DataClass, string Reach)[] rights)
    {
        await using var scope = House.Scope(null);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.ExecuteAsync("insert into access.role (id, name) values (@role, @role) on conflict do nothing", new { role });
        foreach (var right in rights) await db.ExecuteAsync("insert into access.role_right values (@role, @Feature, @Action, @DataClass, @Reach)", new { role, right.Feature, right.Action, right.DataClass, right.Reach });
        var person = await db.ScalarAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Petra', @role from organisation.division where slug = 'kreis-14524' returning id", new { role });
        var office = await db.ScalarAsync<int>("insert into organisation.office (division_id, name, role_id) values (@own, @role, @role) returning id", new { own = Divisions["own"], role });
        await db.ExecuteAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @person, current_date)", new { office, person });
        return person;
    }

    /// <summary>A second marked row of everything, in the sibling only.</summary>
    public async Task MoreInTheSiblingAsync()
    {
        var place = "sibling-two";
        foreach (var statement in Rows.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(s => !s.Contains("organisation.body", StringComparison.Ordinal) && !s.Contains("organisation.office", StringComparison.Ordinal) && !s.Contains("baseline_figure", StringComparison.Ordinal)))
            await House.TellAsync(statement, new { division = Divisions["sibling"], place });
    }

    private const string Rows = """
        insert into organisation.person (division_id, given_name, family_name, email, phone) values (@division, 'Mark', 'mk-people-' || @place, 'mk-people-' || @place || '@example.org', '03727 1');
        insert into members.party_membership (person_id, division_id, kind, state, received_on) select id, @division, 'member', 'active', current_date from organisation.person where family_name = 'mk-people-' || @place;
        insert into members.people_import (division_id, file_name, leads) values (@division, 'mk-people-' || @place, true);
        insert into members.import_profile (division_id, name, mapping, leads) values (@division, 'mk-people-' || @place, '{}', true);
        insert into organisation.led_field (division_id, field, remedy) values (@division, 'number', 'Schreiben Sie an den Bund') on conflict do nothing;
        insert into welcome.campaign (division_id, title, code, starts_on, ends_on) values (@division, 'mk-recruiting-' || @place, 'mk-' || @place, current_date, current_date);
        insert into welcome.contact (division_id, person_id, valid_from) select @division, id, date '2099-01-01' from organisation.person where family_name = 'mk-people-' || @place;
        insert into members.division_pack values (@division, 'horizont') on conflict do nothing;
        insert into members.own_step (division_id, step, days, whose) values (@division, 'first-contact', 14, 'Vorsitz') on conflict do nothing;
        insert into welcome.own_rule (division_id, rule_id, days) values (@division, 'minutes', 12) on conflict do nothing;
        insert into welcome.own_jubilee (division_id, years, words) values (@division, 10, 'Dank') on conflict do nothing;
        insert into organisation.body (division_id, kind, name, slug) values (@division, 'Board', 'Vorstand', 'mk-body-' || @place);
        insert into organisation.office (division_id, name) values (@division, 'Beisitz');
        update organisation.body set name = 'Vorstandsrunde' where slug = 'mk-body-' || @place;
        insert into surveys.survey (division_id, kind, title, electorate_on, closes_on, opened_on) values (@division, 'questionnaire', 'mk-surveys-' || @place, current_date, current_date + 9, current_date);
        insert into meetings.document (division_id, file_name, sha256, format, content, text, record) values (@division, 'mk-intake-' || @place || '.md', @place, 'Markdown', '\x41', 'mk-intake-' || @place, '{}');
        insert into meetings.meeting (division_id, title, held_on, slug, document_id) select @division, 'mk-resolutions-' || @place, current_date, 'mk-meeting-' || @place, id from meetings.document where sha256 = @place;
        insert into meetings.attendance (meeting_id, division_id, name, status) select id, @division, 'mk-resolutions-' || @place, 'present' from meetings.meeting where slug = 'mk-meeting-' || @place;
        insert into meetings.paper (division_id, reference, reference_key, title) values (@division, 'DS 9 – 1', 'DS 9 – 1 ' || @place, 'mk-resolutions-' || @place);
        insert into meetings.agenda_item (meeting_id, division_id, position, number, title) select id, @division, 1, '1', 'mk-resolutions-' || @place from meetings.meeting where slug = 'mk-meeting-' || @place;
        insert into meetings.note (meeting_id, agenda_item_id, division_id, text) select meeting_id, id, @division, 'mk-resolutions-' || @place from meetings.agenda_item where title = 'mk-resolutions-' || @place;
        insert into meetings.agenda_item_paper (agenda_item_id, paper_id, division_id) select i.id, p.id, @division from meetings.agenda_item i, meetings.paper p where i.division_id = @division and p.division_id = @division on conflict do nothing;
        insert into meetings.contradiction (document_id, meeting_id, division_id, type, detail) select document_id, id, @division, 'count', 'mk-resolutions-' || @place from meetings.meeting where slug = 'mk-meeting-' || @place;
        insert into meetings.review_decision (document_id, finding_id, division_id, decision) select id, 'x', @division, 'accepted' from meetings.document where sha256 = @place;
        insert into meetings.resolution (division_id, meeting_id, number, title, slug, wording, result, decided_on, responsible, due) select @division, id, 'mk ' || @place, 'mk-resolutions-' || @place, 'mk-resolution-' || @place, 'mk-resolutions-' || @place, 'adopted', current_date, 'mk-resolutions-' || @place, current_date from meetings.meeting where slug = 'mk-meeting-' || @place;
        insert into meetings.resolution_recipient (resolution_id, division_id, recipient) select id, @division, 'mk-resolutions-' || @place from meetings.resolution where slug = 'mk-resolution-' || @place;
        insert into meetings.resolution_referral (resolution_id, division_id, target) select id, @division, 'mk-resolutions-' || @place from meetings.resolution where slug = 'mk-resolution-' || @place;
        insert into meetings.task (division_id, meeting_id, resolution_id, kind, text, due) select @division, meeting_id, id, 'task', 'mk-resolutions-' || @place, current_date from meetings.resolution where slug = 'mk-resolution-' || @place;
        insert into meetings.task (division_id, kind, text) values (@division, 'task', 'mk-offers-' || @place);
        insert into offers.offer (division_id, task_id, details, addressed, target_division_id, answer_by) select @division, id, 'mk-offers-' || @place, 'members', @division, current_date + 30 from meetings.task where text = 'mk-offers-' || @place;
        insert into projects.project (division_id, title) values (@division, 'mk-projects-' || @place);
        insert into meetings.follow_up (division_id, meeting_id, resolution_id, text, due) select @division, meeting_id, id, 'mk-resolutions-' || @place, current_date from meetings.resolution where slug = 'mk-resolution-' || @place;
        insert into presence.contact_point (division_id, kind_id, name, slug, ags, opened_on, address) values (@division, 'party-office', 'mk-presence-' || @place, 'mk-point-' || @place, '14522230', current_date, 'mk-presence-' || @place);
        insert into portal.key (division_id, key_id, public_key) values (@division, 1, decode(repeat('04', 65), 'hex')) on conflict do nothing;
        insert into situation.indicator (id, hides_small) values ('territory.council-list', false) on conflict do nothing;
        insert into situation.goal (division_id, slug, title, indicator_id, target, level, area_key, started_on, responsible) values (@division, 'mk-goal-' || @place, 'mk-goals-' || @place, 'territory.council-list', 1, 'municipality', '14522', current_date, 'mk-goals-' || @place);
        insert into situation.assignment (goal_id, area_key, division_id, due, note) select id, '14522230', @division, current_date + 30, 'mk-goals-' || @place from situation.goal where slug = 'mk-goal-' || @place;
        insert into situation.baseline_figure (division_id, area_key, title, value, unit, source, as_of) values (@division, '14', 'Zahl', 1, '%', 'x', current_date);
        """;
}
