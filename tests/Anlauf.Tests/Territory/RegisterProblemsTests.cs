using System.Text;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Tests.Territory;

/// <summary>Bad directories: every problem is named with line, field and remedy.</summary>
public class RegisterProblemsTests
{
    private static readonly string State = Line("10", "14", "", "Sachsen", "");
    private static readonly string District = Line("40", "14521", "", "Erzgebirgskreis", "44");
    private static readonly string Association = Line("50", "14521", "0010", "Amtsberg", "50");
    private static readonly string Municipality = Line("60", "14521010", "0010", "Amtsberg", "64", "00000002327", "00000003600", "09439");

    [Fact]
    public void A_sound_directory_reads_without_a_problem()
    {
        var reading = Read(State, District, Association, Municipality);
        reading.Problems.ShouldBeEmpty();
        var only = reading.Contents!.Municipalities.Single();
        (only.Ags, only.Ars, only.AreaKm2, only.Population).ShouldBe(("14521010", "145210010010", 23.27m, 3600));
    }

    [Fact]
    public void Letters_in_the_population_are_named()
    {
        var reading = Read(State, District, Association, Municipality.Replace("00000003600", "000000036O0", StringComparison.Ordinal));
        reading.Problems.Single().ShouldSatisfyAllConditions(p => p.Line.ShouldBe(4), p => p.Field.ShouldBe("Bevölkerung insgesamt"), p => p.Message.ShouldContain("36O0"));
    }

    [Fact]
    public void A_missing_part_of_the_file_shows_in_the_parents() =>
        Read(State, Association, Municipality).Problems.ShouldContain(p => p.Line == 2 && p.Field == "Kreis" && p.Message.Contains("14521", StringComparison.Ordinal));

    [Fact]
    public void A_municipality_that_comes_twice_is_refused() =>
        Read(State, District, Association, Municipality, Municipality).Problems.Single().Message.ShouldContain("Zeile 4");

    [Fact]
    public void A_cut_off_file_names_the_line()
    {
        var text = string.Join('\n', State, District, Association, Municipality)[..^85];
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var problem = Gv100Reader.Read(stream).Problems.First();
        (problem.Line, problem.Field).ShouldBe((4, "Fläche"));
        problem.Message.ShouldContain("abgeschnitten");
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_in_one_sentence()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Vorname;Nachname\n", 5_000))));
        var problems = Gv100Reader.Read(stream).Problems;
        problems.Count.ShouldBeLessThan(6);
        problems[0].Message.ShouldContain("GV100AD");
    }

    [Fact]
    public void A_packed_file_is_refused_with_the_remedy()
    {
        using var stream = new MemoryStream([0x50, 0x4B, 3, 4, 0, 0, 0, 0]);
        Gv100Reader.Read(stream).Problems.Single().Message.ShouldContain("entpacken");
    }

    [Fact]
    public void A_change_with_a_wrong_key_names_line_and_field()
    {
        using var stream = Csv("ags_old,name_old,ags_new,name_new,effective\n14522450,Ostrau,14522275,Jahnatal,2023-01-01\n1452262,\"Zschaitz, Ottewig\",14522275,Jahnatal,2023-01-01\n");
        var reading = KeyChangeReader.Read(stream);
        reading.Problems.Single().ShouldSatisfyAllConditions(p => p.Line.ShouldBe(3), p => p.Field.ShouldContain("abgebenden"));
    }

    [Fact]
    public void A_postal_code_with_four_digits_is_named()
    {
        using var stream = Csv("# Kommentar\nags;plz\n14511000;09111\n14511000;9112\n");
        var reading = PostalCodeReader.Read(stream);
        reading.Problems.Single().ShouldSatisfyAllConditions(p => p.Line.ShouldBe(4), p => p.Field.ShouldBe("plz"));
    }

    private static MemoryStream Csv(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Elections.Reading<MunicipalRegister?> Read(params string[] lines)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return Gv100Reader.Read(stream);
    }

    private static string Line(string type, string key, string association, string name, string kind, string area = "", string people = "", string postalCode = "") =>
        ($"{type}20241231{key,-8}{association,-4}{name,-50}".PadRight(122) + kind.PadRight(6) + area.PadRight(11) + people.PadRight(26) + postalCode).PadRight(220);
}
