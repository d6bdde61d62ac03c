using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Anlauf.Tests.SingleSignOn;

/// <summary>A real OpenID provider (npm package oidc-provider) in a process of its own; it ends when its pipe closes, whatever happens to the tests.</summary>
internal sealed class IdentityProvider : IDisposable
{
    private readonly Process process;

    private IdentityProvider(Process process) => this.process = process;

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it; null with the remedy where node or the package cannot be had.</summary>
    public static async Task<(IdentityProvider? Provider, string Missing)> StartAsync(int port, string redirect)
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")) && await RunAsync("npm", "ci --ignore-scripts --no-audit --no-fund", folder) != 0)
            return (null, "no identity provider: run npm ci in tests/Anlauf.Tests/SingleSignOn (needs Node.js and a package registry)");
        var process = Process.Start(new ProcessStartInfo("node", $"provider.mjs {port} {redirect}") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line == "ready") return (new IdentityProvider(process), "");
        return (null, "no identity provider: node provider.mjs ended at once in tests/Anlauf.Tests/SingleSignOn");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(5000)) process.Kill();
        process.Dispose();
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Anlauf.slnx"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("the tests run outside the checkout"), "tests", "Anlauf.Tests", "SingleSignOn");
    }

    private static async Task<int> RunAsync(string program, string arguments, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception) { return -1; }
    }
}
