using System.Globalization;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>One survey of each kind and stage: a questionnaire that runs, a consultation with its result, a draft, a vote on paper.</summary>
internal static class DemoSurveys
{
    private static readonly string[] Themes = ["Bus und Bahn im Umland", "Wohnen und Leerstand", "Schule und Kita vor Ort", "Ärztinnen und Ärzte auf dem Land"];

    public static async Task BuildAsync(Db db, DateOnly today, CancellationToken ct)
    {
        async Task<int> AddAsync(string division, string kind, string title, string introduction, string? statute, int electorate, int closes, decimal? quorum, params (string Kind, string Wording, string[] Options)[] questions)
        {
            var id = await db.ScalarAsync<int>("""
                insert into surveys.survey (division_id, kind, title, introduction, statute_reference, electorate_on, closes_on, quorum_percent)
                select id, @kind, @title, @introduction, @statute, @today + @electorate, @today + @closes, @quorum from organisation.division where slug = @division returning id
                """, new { division, kind, title, introduction, statute, today, electorate, closes, quorum }, ct);
            foreach (var (q, i) in questions.Select((q, i) => (q, i + 1)))
                await db.ExecuteAsync("insert into surveys.question (survey_id, position, kind, wording, options, required) values (@id, @i, @kind, @wording, @options, @required)", new { id, i, kind = q.Kind, wording = q.Wording, options = q.Options, required = i == 1 && q.Kind != "text" }, ct);
            return id;
        }
        // who signs in as a member is one, and is asked
        await db.ExecuteAsync("""
            insert into members.party_membership (person_id, division_id, kind, state, declared_on, received_on, entered_on, effective_on)
            select p.id, p.division_id, 'member', 'active', date '2024-02-20', date '2024-03-01', date '2024-03-04', date '2024-03-15' from organisation.person p
            where p.given_name = 'Max' and p.family_name = 'Muster' and exists (select from organisation.office_holding h where h.person_id = p.id) and not exists (select from members.party_membership m where m.person_id = p.id)
            """, ct: ct);
        string[] agree = ["Ja", "Nein", "Enthaltung"];
        var running = await AddAsync("kreis-14522", "questionnaire", "Womit fangen wir 2027 an?", "Der Kreisvorstand plant das nächste Jahr. Drei Fragen, zwei Minuten.", null, -10, 12, null,
            ("one", "Welches Thema liegt Ihnen am meisten am Herzen?", Themes), ("scale", "Ich fühle mich in meinem Ortsverband gut aufgehoben.", ["1 (gar nicht)", "2", "3", "4", "5 (voll)"]), ("text", "Was sollen wir anders machen?", []));
        var past = await AddAsync("kreis-14522", "consultation", "Soll der Kreisverband ein zweites Büro mieten?", "Der Kreisvorstand möchte vor seinem Beschluss wissen, was die Mitglieder denken.", "§ 8 Abs. 3 der Satzung (erfunden)", -60, 0, 20,
            ("agree", "Soll der Kreisverband in Mittweida ein zweites Büro mieten?", agree));
        await AddAsync("sachsen", "questionnaire", "Neu dabei: Wie war Ihr Anfang?", "", null, -1, 30, null, ("one", "Wann hat sich zuerst jemand bei Ihnen gemeldet?", ["in der ersten Woche", "in zwei Wochen", "später", "noch niemand"]));
        var vote = await AddAsync("kreis-14522", "binding-vote", "Spitze zu zweit im Kreisverband", "Die Kreismitgliederversammlung hat den Entscheid beschlossen.", "§ 9 der Satzung (erfunden)", -5, 20, 25, ("agree", "Soll der Kreisverband von zwei Vorsitzenden geführt werden?", agree));
        foreach (var id in new[] { running, past, vote }) await db.ExecuteAsync("select surveys.open(@id)", new { id }, ct);

        var members = await db.QueryAsync<int>("""
            select m.person_id from members.party_membership m join organisation.division_closure c on c.descendant_id = m.division_id join organisation.division d on d.id = c.ancestor_id and d.slug = 'kreis-14522'
            where m.kind = 'member' and m.state = 'active' and m.effective_on <= @today - 60 and not exists (select from organisation.office_holding h where h.person_id = m.person_id) order by m.person_id limit 60
            """, new { today }, ct);
        foreach (var (person, i) in members.Select((p, i) => (p, i)))
        {
            var questions = await db.QueryAsync<(int Survey, int Id, string Kind)>("select survey_id, id, kind from surveys.question where survey_id = any (@ids) order by position", new { ids = new[] { running, past } }, ct);
            foreach (var survey in i % 4 == 0 ? [past] : new[] { running, past })
            {
                var answers = string.Join(',', questions.Where(q => q.Survey == survey && q.Kind != "text").Select(q => string.Create(CultureInfo.InvariantCulture, $"\"{q.Id}\": {{\"c\": [{(q.Kind == "scale" ? 1 + i % 4 : i * 7 % 5 % 3)}]}}")));
                // each answers for themselves, as through the page
                await db.ExecuteAsync("select set_config('anlauf.actor', @person, true), surveys.answer(@survey, null, @answers::jsonb, null)", new { person = person.ToString(CultureInfo.InvariantCulture), survey, answers = "{" + answers + "}" }, ct);
            }
        }
        await db.ExecuteAsync("update surveys.survey set opened_on = @today - 21, closes_on = @today - 4 where id = @past", new { past, today }, ct);
        await db.ExecuteAsync("select surveys.publish(@past)", new { past }, ct);
    }
}
