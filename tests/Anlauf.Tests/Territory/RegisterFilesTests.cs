using System.Text;
using Anlauf.Rooms.Territory.Registers;
using Anlauf.Testing;

namespace Anlauf.Tests.Territory;

/// <summary>Figures of the real directories of municipalities.</summary>
public class RegisterFilesTests
{
    private const string Extract2024 = "municipalities/AuszugGV_2024-12-31.xlsx";

    [SkippableFact]
    public void The_fixed_width_directory_of_all_Germany_has_its_check_values()
    {
        using var file = File.OpenRead(SharedData.PathTo("municipalities/GV100AD_301123.txt"));
        var reading = Gv100Reader.Read(file);
        reading.Problems.ShouldBeEmpty();
        var register = reading.Contents!;
        register.BoundariesOn.ShouldBe(new DateOnly(2023, 11, 30));
        (register.States.Count, register.Districts.Count, register.Associations.Count, register.Municipalities.Count).ShouldBe((16, 400, 4_597, 10_981));
        In(register, "14").ShouldBe((418, 4_086_152));
        In(register, "15").ShouldBe((218, 2_186_643));
        var dresden = register.Municipalities.Single(m => m.Ags == "14612000");
        (dresden.AreaKm2, dresden.Population, dresden.PostalCode, dresden.Ars).ShouldBe((328.48m, 563_311, "01067", "146120000000"));
    }

    [SkippableFact]
    public void The_extract_of_2024_has_418_and_218_municipalities()
    {
        var register = Extract(Extract2024);
        (register.BoundariesOn, register.PopulationOn).ShouldBe((new DateOnly(2024, 12, 31), new DateOnly(2023, 12, 31)));
        In(register, "14").ShouldBe((418, 4_089_467));
        In(register, "15").ShouldBe((218, 2_180_448));
        var zwickau = register.Municipalities.Single(m => m.Ags == "14524330");
        zwickau.Name.ShouldBe("Zwickau, Stadt, Hochschulstadt");
        zwickau.Longitude!.Value.ShouldBe(12.5, 0.1);
        zwickau.Latitude!.Value.ShouldBe(50.7, 0.1);
    }

    [SkippableFact]
    public void The_extract_of_2017_still_has_422_municipalities_in_Saxony() =>
        In(Extract("municipalities/AuszugGV_2017-12-31.xlsx"), "14").Count.ShouldBe(422);

    [SkippableFact]
    public void Ten_of_the_thirteen_districts_of_Saxony_are_no_cities() =>
        Extract(Extract2024).Districts.Where(d => d.Key.StartsWith("14", StringComparison.Ordinal)).Count(d => !RegisterKinds.IsCityDistrict(d.Kind)).ShouldBe(10);

    [SkippableFact]
    public void A_directory_cut_off_in_the_middle_names_the_line_and_the_field()
    {
        var bytes = File.ReadAllBytes(SharedData.PathTo("municipalities/GV100AD_301123.txt"))[..1_000_100];
        using var half = new MemoryStream(bytes);
        var problem = Gv100Reader.Read(half).Problems.Single(p => p.Message.Contains("abgeschnitten", StringComparison.Ordinal));
        problem.Line.ShouldBe(Encoding.UTF8.GetString(bytes).Split('\n').Length);
        problem.Field.ShouldNotBe("Datei");
    }

    [SkippableFact]
    public void The_directory_reads_the_same_in_the_older_encoding_with_its_original_line_ends()
    {
        var text = File.ReadAllText(SharedData.PathTo("municipalities/GV100AD_301123.txt"));
        using var utf8 = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var latin = new MemoryStream(Encoding.Latin1.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        var (one, other) = (Gv100Reader.Read(utf8), Gv100Reader.Read(latin));
        other.Problems.ShouldBeEmpty();
        // the older encoding lacks the Sorbian letters
        other.Contents!.Municipalities.SequenceEqual(one.Contents!.Municipalities.Select(m => m with { Name = Encoding.Latin1.GetString(Encoding.Latin1.GetBytes(m.Name)) })).ShouldBeTrue();
        other.Contents.Municipalities.ShouldContain(m => m.Name == "Köln, Stadt");
    }

    [SkippableFact]
    public void Changes_of_2023_tell_the_successor_of_a_dissolved_municipality()
    {
        using var file = File.OpenRead(SharedData.PathTo("municipalities/Gebietsaenderungen_2023.xlsx"));
        var reading = KeyChangeReader.Read(file);
        reading.Problems.ShouldBeEmpty();
        var ostrau = reading.Contents.Single(c => c.OldAgs == "14522450");
        (ostrau.NewAgs, ostrau.Kind, ostrau.EffectiveOn, ostrau.Share).ShouldBe(("14522275", KeyChangeKind.Dissolved, new DateOnly(2023, 1, 1), 1m));
        var zwickau = reading.Contents.Single(c => c.OldAgs == "14524330");
        (zwickau.NewName, zwickau.Kind).ShouldBe(("Zwickau, Stadt, Hochschulstadt", KeyChangeKind.Renamed));
        // a municipality divided among three: the shares of its people add up
        reading.Contents.Where(c => c.OldAgs == "16064073").Sum(c => c.Share).ShouldBe(1m, 0.0001m);
    }

    [SkippableTheory]
    [InlineData("municipalities/Gebietsaenderungen_2024.xlsx")]
    [InlineData("municipalities/Gebietsaenderungen_2025-02.xlsx")]
    [InlineData("municipalities/ags_aenderungen_2017_2024_sn.csv")]
    public void Tables_of_changes_read_without_a_problem(string name)
    {
        using var file = File.OpenRead(SharedData.PathTo(name));
        var reading = KeyChangeReader.Read(file);
        reading.Problems.ShouldBeEmpty();
        reading.Contents.Count.ShouldBeGreaterThan(5);
    }

    [SkippableFact]
    public void Every_municipality_has_a_postal_code()
    {
        using var file = File.OpenRead(SharedData.PathTo("municipalities/plz_gemeinde_osm_sn_st.csv"));
        var reading = PostalCodeReader.Read(file);
        reading.Problems.ShouldBeEmpty();
        reading.Contents.Select(p => p.Ags).Distinct().Count().ShouldBe(636);
    }

    private static (int Count, int People) In(MunicipalRegister register, string state)
    {
        var inside = register.Municipalities.Where(m => m.Ags.StartsWith(state, StringComparison.Ordinal)).ToList();
        return (inside.Count, inside.Sum(m => m.Population));
    }

    private static MunicipalRegister Extract(string name)
    {
        using var file = File.OpenRead(SharedData.PathTo(name));
        var reading = RegisterExtractReader.Read(file);
        reading.Problems.ShouldBeEmpty();
        return reading.Contents!;
    }
}
