using Anlauf.Platform.Identity;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Projects;

/// <summary>Says in the head that a guest is signed in.</summary>
internal sealed class GuestFrame : IFramePart
{
    public Task FillAsync(PageFrame frame, HttpContext http)
    {
        if (http.User.IsGuest()) frame.AccountName ??= "Gast";
        return Task.CompletedTask;
    }
}
