using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Api.Gateway;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Files;
using Outrider.Grains.Audit;
using Outrider.Grains.Files;
using Outrider.Protocol.Credentials;
using Outrider.Silo.Embedded;
using Outrider.Silo.Hosting;
using Outrider.Storage.Files;
using Outrider.Storage.InMemory;
using Outrider.Storage.Sqlite;
using Outrider.Testing.Link;

namespace Outrider.Bench.Files;

/// <summary>A centre of gateway, grains and files, and beside it what Kestrel does by itself: a static file, and a body written to the disk.</summary>
internal static class BenchCentre
{
    /// <summary>Serves until it is killed. Prints an enrolment token and the file that the agent <c>bench</c> may fetch.</summary>
    public static async Task RunAsync(int port, string folder, string file)
    {
        await using var database = SqliteDatabase.Open(Path.Combine(folder, "index.db"), SqliteFileIndex.Schema, SqliteAuditLog.Schema);
        await using var host = new EmbeddedHost(LinkGrains.Registry(), new InMemoryStateStore(), new InMemoryReminderStore(), new EmbeddedHostOptions());
        await host.StartAsync();
        var token = await host.CreateTenantAsync("bench");
        var keeper = new FileKeeper(new SqliteFileIndex(database), new DiskFileStore(Path.Combine(folder, "files"), TimeProvider.System));
        var grants = new FileGrants(Credential.Create(CredentialKind.Platform, "", "", RandomNumberGenerator.GetBytes(32)), TimeProvider.System);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddSingleton(host.Grains).AddSingleton(host.Observers).AddSingleton(keeper).AddSingleton<IFileGrants>(grants)
            .AddSingleton<IAuditLog>(new SqliteAuditLog(database)).AddSingleton(TimeProvider.System).AddSingleton<Auditor>()
            .AddSingleton<IFileIntake, OpenIntake>().AddSingleton<GatewayFiles>().AddGateway();
        await using var app = builder.Build();
        app.MapGateway();
        app.MapGet("/plain", () => Results.File(file, "application/octet-stream"));
        app.MapPost("/plain", (HttpRequest request) => WriteAsync(request, Path.Combine(folder, "plain")));
        await app.StartAsync();

        var kept = await KeepAsync(keeper, file);
        var grant = grants.Issue(new FileGrant("bench", "bench", kept.Id, DateTimeOffset.UtcNow.AddHours(10)));
        Console.WriteLine(token);
        Console.WriteLine(JsonSerializer.Serialize(kept.ToTaskFile(grant)));
        await app.WaitForShutdownAsync();
    }

    private static async Task WriteAsync(HttpRequest request, string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await request.Body.CopyToAsync(file, 256 * 1024);
        file.Flush(flushToDisk: true);
    }

    private static async Task<StoredFile> KeepAsync(FileKeeper keeper, string path)
    {
        await using var content = File.OpenRead(path);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
        content.Position = 0;
        await using var upload = (await keeper.Store.BeginAsync("bench", null, content.Length, default)).Value!;
        var buffer = new byte[1 << 20];
        while (await content.ReadAsync(buffer) is > 0 and var read)
            await upload.WriteAsync(buffer.AsMemory(0, read), default);
        return (await keeper.KeepAsync("bench", upload, new StoredFile
        {
            Id = "file", Name = "file.bin", Size = content.Length, ContentType = FileTypes.Unknown, Sha256 = sha256, Kind = FileKind.Artefact,
            CreatedAt = DateTimeOffset.UtcNow, CreatedBy = "bench",
        })).Value!;
    }
}
