using System.Text.RegularExpressions;
using Anlauf.Platform.Privacy;
using Anlauf.Rooms.Privacy.Requests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Privacy;

/// <summary>What is stored about a person is told in German: each code that a column about persons may hold has a word.</summary>
public sealed partial class CodeWordsTests(AssociationDatabase association) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task Each_code_of_each_column_about_persons_has_a_German_word()
    {
        var codes = await CodesAsync();
        codes.Count.ShouldBeGreaterThan(15);
        await using var scope = association.Scope(null);
        var words = scope.ServiceProvider.GetServices<CodeWords>().ToDictionary(w => w.Column, w => w.Word);
        var declared = (await association.ListAsync<string>("select table_name || '.' || column_name from privacy.declared_column where data_class is not null")).ToHashSet();
        words.Keys.Except(declared).ShouldBeEmpty("words for a column that nothing is told of");
        var missing = codes.SelectMany(c => c.Value.Where(code => !words.TryGetValue(c.Key, out var word) || word(code) is var said && (said == code || said.Length == 0)).Select(code => $"{c.Key}: {code}")).ToList();
        missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_told_about_a_person_is_in_words_also_where_a_code_names_a_row()
    {
        var person = await association.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Wort', 'Probe' from organisation.division where slug = 'kreis-14522' returning id");
        await association.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof) values (@person, 'phone', '1', 'form', current_date, '')", new { person });
        await association.TellAsync("insert into privacy.person_flag (person_id, kind) values (@person, 'no-contact')", new { person });
        await using (var owner = new NpgsqlConnection(association.Connections.Owner))
        {
            await owner.OpenAsync();
            // said by the person alone; here as the owner, because nobody else may
            await using var said = new NpgsqlCommand("insert into members.motive (person_id, kind) values ($1, 'place')", owner) { Parameters = { new() { Value = person } } };
            await said.ExecuteNonQueryAsync();
        }
        var report = await association.UseAsync<SubjectReport, SubjectReport.Report>(association.Persons["data-protection-officer"], r => r.CompileAsync(person));
        var values = report.Entries.SelectMany(e => e.Values.Select(v => v.Value)).ToList();
        foreach (var word in new[] { "Anrufe", "über ein Formular", "keine Ansprache (Art. 21 DSGVO)", "etwas vor Ort ändern" }) values.ShouldContain(word);
        foreach (var code in new[] { "phone", "form", "no-contact", "place" }) values.ShouldNotContain(code);
    }

    // codes are what a check of the database lists, of columns that say something about a person
    private async Task<Dictionary<string, HashSet<string>>> CodesAsync()
    {
        await using var owner = new NpgsqlConnection(association.Connections.Owner);
        await owner.OpenAsync();
        await using var asked = new NpgsqlCommand("""
            select d.table_name, d.column_name, pg_get_constraintdef(c.oid) from privacy.declared_column d join pg_constraint c on c.conrelid = d.table_name::regclass and c.contype = 'c'
            join pg_attribute a on a.attrelid = c.conrelid and a.attname = d.column_name and a.attnum = any (c.conkey) and a.atttypid = 'text'::regtype
            where d.data_class is not null and d.table_name not like 'audit.%'
            """, owner);
        await using var rows = await asked.ExecuteReaderAsync();
        var codes = new Dictionary<string, HashSet<string>>();
        while (await rows.ReadAsync())
        {
            foreach (Match list in Listed().Matches(rows.GetString(2)))
                if (list.Groups[1].Value == rows.GetString(1)) codes[$"{rows.GetString(0)}.{rows.GetString(1)}"] = [.. Quoted().Matches(list.Groups[2].Value).Select(m => m.Groups[1].Value)];
        }
        return codes;
    }

    [GeneratedRegex(@"\((\w+) = ANY \(ARRAY\[([^\]]+)\]")]
    private static partial Regex Listed();
    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
