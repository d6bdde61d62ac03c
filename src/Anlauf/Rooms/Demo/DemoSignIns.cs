using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Demo;

/// <summary>Offers the demo's sign-ins by one click, in a demo installation only.</summary>
internal sealed class DemoSignIns(Settings settings) : IOfferedSignIns
{
    public async Task<IReadOnlyList<(string Name, string Password, string Role)>> ListAsync(CancellationToken ct) =>
        await settings.GetAsync("demo", ct) == "built" ? [.. DemoAssociation.SignIns.Select(s => (s.Name, DemoAssociation.Password, s.Role))] : [];
}

/// <summary>Marks every page of a demo installation as such.</summary>
internal sealed class DemoFrame(Settings settings) : IFramePart
{
    public async Task FillAsync(PageFrame frame, HttpContext http)
    {
        if (await settings.GetAsync("demo", http.RequestAborted) != "built") return;
        frame.IsDemo = true;
        frame.Organisation = "Horizont, Landesverband Sachsen";
    }
}
