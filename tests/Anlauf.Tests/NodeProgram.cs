using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Anlauf.Tests;

/// <summary>A real server from npm in a process of its own; it ends when its pipe closes, whatever happens to the tests.</summary>
internal sealed class NodeProgram : IDisposable
{
    private readonly Process process;

    private NodeProgram(Process process) => this.process = process;

    /// <summary>What it prints, line by line.</summary>
    public StreamReader Output => process.StandardOutput;

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a script of a folder below tests/Anlauf.Tests once it has printed „ready“; null with the remedy where node or the package cannot be had.</summary>
    public static async Task<(NodeProgram? Program, string Missing)> StartAsync(string folder, string package, string arguments)
    {
        var place = Path.Combine(Root(), "tests", "Anlauf.Tests", folder);
        if (!Directory.Exists(Path.Combine(place, "node_modules", package)) && await RunAsync("npm", "ci --ignore-scripts --no-audit --no-fund", place) != 0)
            return (null, $"no {package}: run npm ci in tests/Anlauf.Tests/{folder} (needs Node.js and a package registry)");
        var process = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = place, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line == "ready") return (new NodeProgram(process), "");
        return (null, $"no {package}: node {arguments} ended at once in tests/Anlauf.Tests/{folder}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(5000)) process.Kill();
        process.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Anlauf.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the checkout");
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
