using System.Net;

namespace Anlauf.Tests.Privacy;

/// <summary>The log says which file was taken, and keeps no name that an address is made of: no erasure reaches the log.</summary>
public sealed class AddressInLogTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    [Fact]
    public async Task A_file_whose_address_names_somebody_is_noted_without_the_name()
    {
        var house = door.House;
        var resolution = await house.ResolveAsync("kreis-14522", "2026-17", "Raum bei Zaphira Nachklang");
        await house.TellAsync("update meetings.resolution set slug = '2026-017-raum-bei-zaphira-nachklang' where id = @resolution", new { resolution });
        await door.AccountAsync("holt", house.StateManager);
        using var visitor = await door.SignInAsync("holt");
        var reason = await house.AskAsync<string>("select min(id) from audit.reason");
        foreach (var format in new[] { "pdf", "docx" })
            (await visitor.OpenAsync($"/sitzungen/beschluesse/2026-017-raum-bei-zaphira-nachklang/ausfertigung.{format}?grund={reason}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var keys = await house.ListAsync<string>("select key from audit.entry where action = 'export' and object like '/sitzungen/beschluesse/%' order by position");
        keys.Count.ShouldBe(2);
        keys.ShouldAllBe(k => k.Contains("2026-017#", StringComparison.Ordinal) && !k.Contains("nachklang", StringComparison.OrdinalIgnoreCase));
        keys[1].ShouldContain("docx");
    }
}
