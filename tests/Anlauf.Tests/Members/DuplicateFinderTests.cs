using System.Globalization;
using Anlauf.Rooms.Members.Duplicates;
using Xunit.Abstractions;

namespace Anlauf.Tests.Members;

/// <summary>Doubles are found by sound, spelling, birthday, address and mail; twins, and father and son of one name, stay two.</summary>
public sealed class DuplicateFinderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Wikipedia", "3412")]
    [InlineData("Müller-Lüdenscheidt", "65752682")]
    [InlineData("Breschnew", "17863")]
    [InlineData("Meier", "67")]
    [InlineData("Mayr", "67")]
    [InlineData("Schmidt", "862")]
    [InlineData("Schmitt", "862")]
    public void A_name_has_the_code_of_its_sound(string name, string code) => Phonetic.Cologne(Phonetic.Fold(name)).ShouldBe(code);

    private static Entry Of(int id, string given, string family, string? birth = "3.4.1980", string? address = "Markt 1, 09661 Hainichen", string? email = null, string? phone = null) =>
        new(id, given, family, birth is null ? null : DateOnly.ParseExact(birth, "d.M.yyyy", CultureInfo.InvariantCulture), address, email, phone);

    [Fact]
    public void One_person_written_twice_is_found()
    {
        var one = Of(1, "Jürgen", "Müller", email: "j@m.example");
        foreach (var other in new[]
        {
            Of(2, "Juergen", "Mueller"), Of(2, "Jürgen", "Müler"), Of(2, "Jürgen", "Müller-Beispiel"), Of(2, "Jürgen", "Miller", address: "Ring 9, 09111 Chemnitz"), Of(2, "Jürgen", "Müller", birth: "4.3.1980"),
            Of(2, "Jürgen", "Müller", birth: null, email: "J@M.example", address: null), Of(2, "Jürgen Karl", "Müller", address: null), Of(2, "Jürgen", "Schulze", email: "j@m.example"),
        })
            DuplicateFinder.Find([one, other]).ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => (p.A, p.B).ShouldBe((1, 2)), p => p.Reasons.ShouldNotBeEmpty());
    }

    [Fact]
    public void Twins_father_and_son_and_namesakes_stay_two()
    {
        var one = Of(1, "Karl", "Kontur", "3.4.1980", "Markt 1, 09661 Hainichen", "familie@kontur.example", "037207 555");
        foreach (var other in new[]
        {
            // twin: same day, house and mail, another given name
            Of(2, "Kurt", "Kontur", "3.4.1980", "Markt 1, 09661 Hainichen", "familie@kontur.example", "037207 555"),
            // son: same name, house and telephone
            Of(2, "Karl", "Kontur", "17.8.2004", "Markt 1, 09661 Hainichen", "familie@kontur.example", "037207 555"),
            // somebody else of that name
            Of(2, "Karl", "Kontur", "9.12.1961", "Ring 9, 09111 Chemnitz"), Of(2, "Karl", "Kontur", null, "Ring 9, 09111 Chemnitz"),
            // husband and wife
            Of(2, "Karla", "Entwurf", "30.4.1981", "Markt 1, 09661 Hainichen", "familie@kontur.example", "037207 555"),
        })
            DuplicateFinder.Find([one, other]).ShouldBeEmpty($"{other.Given} {other.Birth}");
    }

    [Fact]
    public void Ten_thousand_planted_doubles_are_found_without_proposing_strangers()
    {
        var (entries, planted) = Plant(seed: 7);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var found = DuplicateFinder.Find(entries).Select(p => (Math.Min(p.A, p.B), Math.Max(p.A, p.B))).ToHashSet();
        var hits = planted.Count(found.Contains);
        var (recall, precision) = ((double)hits / planted.Count, (double)hits / found.Count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries.Count} entries, {planted.Count} planted, {found.Count} proposed: recall {recall:0.0000}, precision {precision:0.0000}, {watch.Elapsed.TotalSeconds:0.0} s"));
        foreach (var missed in planted.Where(p => !found.Contains(p)).Take(10)) output.WriteLine($"missed: {entries[missed.Item1]} | {entries[missed.Item2]}");
        foreach (var (a, b) in found.Where(f => !planted.Contains(f)).Take(10)) output.WriteLine($"wrong: {entries[a]} | {entries[b]}");
        recall.ShouldBeGreaterThanOrEqualTo(0.98);
        precision.ShouldBeGreaterThanOrEqualTo(0.95);
    }

    private static readonly string[] Given = ["Jürgen", "Käthe", "Sönke", "Anna", "Bruno", "Cem", "Dörte", "Emil", "Fatma", "Greta", "Hanno", "Ilse", "Jonas", "Levin", "Mira", "Nadja", "Oskar", "Paula", "Rosa", "Tilda", "Uwe", "Vera", "Wanda", "Yasmin", "Björn", "Günther", "Stefan", "Christine", "Matthias", "Claudia", "Philipp", "Ulrike", "Zoë", "Heike", "Torsten", "Renate", "Dilan", "Falk", "Gerd", "Susanne"];
    private static readonly string[] First = ["Müll", "Schm", "Köhl", "Weiß", "Acker", "Berg", "Claus", "Dorn", "Eich", "Feld", "Graf", "Hof", "Ihl", "Jung", "Kauf", "Linden", "Möll", "Neu", "Ober", "Pfeif", "Quell", "Rot", "Schön", "Tann", "Ufer", "Voigt", "Wald", "Zahn", "Böttch", "Häuß", "Grün", "Stein", "Kroll", "Bräun", "Thiel"];
    private static readonly string[] Last = ["er", "mann", "bach", "sen", "stein", "berg", "hauer", "lich", "ow", "wirth", "feld", "ner", "ig", "kötter", "ing", "hold", "rich", "ke", "ler", "hardt"];
    private static readonly string[] Streets = ["Karl-Marx-Straße", "Markt", "Ringstraße", "Am Bahnhof", "Schulweg", "Goethestraße", "Lindenallee", "Mühlgasse"];

    // 40,000 people, a quarter of them entered a second time in one of eight manners; families, twins and namesakes in between
    private static (List<Entry> Entries, HashSet<(int, int)> Planted) Plant(int seed)
    {
        var random = new Random(seed);
        T One<T>(T[] from) => from[random.Next(from.Length)];
        var entries = new List<Entry>();
        var planted = new HashSet<(int, int)>();
        DateOnly Born(int from, int to) => new DateOnly(from, 1, 1).AddDays(random.Next((to - from) * 365));
        for (var i = 0; i < 40_000; i++)
        {
            var (given, family) = (One(Given), One(First) + One(Last));
            var house = $"{One(Streets)} {1 + random.Next(120)}, 0{1000 + random.Next(8999)} Ort";
            var birth = Born(1940, 2006);
            var phone = $"0371 {random.Next(10_000_000):0000000}";
            entries.Add(new(entries.Count, given, family, birth, house, $"{Phonetic.Fold(given)}.{Phonetic.Fold(family)}{i}@mail.example", phone));
            switch (i % 40)
            {
                // son of the same name, twin, spouse, namesake with the same year
                case 3: entries.Add(new(entries.Count, given, family, birth.AddYears(24).AddDays(131), house, $"sohn{i}@mail.example", phone)); break;
                case 11: entries.Add(new(entries.Count, given == "Emil" ? "Oskar" : "Emil", family, birth, house, $"zwilling{i}@mail.example", phone)); break;
                case 19: entries.Add(new(entries.Count, given == "Vera" ? "Ilse" : "Vera", family, Born(1940, 2000), house, $"haus{i}@mail.example", phone)); break;
            }
        }
        var people = entries.Count;
        for (var n = 0; n < 10_000; n++)
        {
            var of = entries[n * 4 % people];
            var copy = Twice(of, n % 8, random) with { Id = entries.Count };
            entries.Add(copy);
            planted.Add((of.Id, copy.Id));
        }
        return (entries, planted);
    }

    private static Entry Twice(Entry e, int manner, Random random) => manner switch
    {
        // umlauts written out, no mail
        0 => e with { Given = Spelled(e.Given), Family = Spelled(e.Family), Email = null },
        // double name after a marriage
        1 => e with { Family = e.Family + "-Beispiel", Email = null },
        2 => e with { Family = "Muster-" + e.Family, Phone = null },
        // a typing error
        3 => e with { Family = Slip(e.Family, random), Email = null },
        4 => e with { Given = Slip(e.Given, random), Phone = null },
        // moved, new telephone
        5 => e with { Address = $"Neue Straße {random.Next(200)}, 04109 Leipzig", Phone = null },
        // birthday with one digit wrong or day and month swapped, else the same
        6 => e with { Birth = e.Birth is { Day: <= 12 } b && b.Day != b.Month ? new DateOnly(b.Year, b.Day, b.Month) : e.Birth!.Value.AddYears(e.Birth.Value.Year % 10 == 9 ? -1 : 1) },
        // no birthday known
        _ => e with { Birth = null, Phone = null },
    };

    private static string Spelled(string name) => name.Replace("ü", "ue", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ä", "ae", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal).Replace("ë", "e", StringComparison.Ordinal);

    private static string Slip(string name, Random random)
    {
        var at = 1 + random.Next(name.Length - 2);
        return random.Next(3) switch { 0 => name.Remove(at, 1), 1 => name.Insert(at, name[at].ToString()), _ => name[..at] + name[at + 1] + name[at] + name[(at + 2)..] };
    }
}
