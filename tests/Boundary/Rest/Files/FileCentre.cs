using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Outrider.Api.Operations.Files;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Rest.Files;

/// <summary>A centre on a clock that tests move, with tenants <c>acme</c> and <c>evil</c>.</summary>
public sealed class FileCentre : IAsyncLifetime
{
    public FakeTime Time { get; } = new(DateTimeOffset.UtcNow);

    public TestCentre Centre { get; private set; } = null!;

    public HttpClient Viewer { get; private set; } = null!;

    public HttpClient Operator { get; private set; } = null!;

    public HttpClient OtherOperator { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Evil { get; private set; } = null!;

    public HttpClient Nobody { get; private set; } = null!;

    public string Folder => Path.Combine(Centre.Data, "files");

    public async Task InitializeAsync()
    {
        Centre = await TestCentre.StartAsync(options => options with { Time = Time });
        await Centre.CreateTenantAsync("acme");
        await Centre.CreateTenantAsync("evil");
        Viewer = Centre.Client(await Centre.CreateKeyAsync("acme", Role.Viewer));
        Operator = Centre.Client(await Centre.CreateKeyAsync("acme", Role.Operator, "operator"));
        OtherOperator = Centre.Client(await Centre.CreateKeyAsync("acme", Role.Operator, "other"));
        Admin = Centre.Client(await Centre.CreateKeyAsync("acme", Role.Admin, "admin"));
        Evil = Centre.Client(await Centre.CreateKeyAsync("evil", Role.Admin));
        Nobody = Centre.Client(null);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in new[] { Viewer, Operator, OtherOperator, Admin, Evil, Nobody })
            client.Dispose();
        await Centre.DisposeAsync();
    }

    /// <summary>Content that no other test sends.</summary>
    public static byte[] Content(int length = 1000) => RandomNumberGenerator.GetBytes(length);

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Sends a file as a form.</summary>
    public async Task<HttpResponseMessage> SendFormAsync(byte[] content, string name, string? type = null, string query = "", HttpClient? by = null)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        if (type is not null)
            file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(new StringContent("ignored"), "comment");
        form.Add(file, "file", name);
        return await (by ?? Operator).PostAsync(TestCentre.Path("/files" + query), form);
    }

    /// <summary>Sends a file as the body.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpContent content, string query, HttpClient? by = null) =>
        await (by ?? Operator).PostAsync(TestCentre.Path("/files" + query), content);

    /// <summary>Sends a file that must be taken.</summary>
    public async Task<FileView> KeepAsync(byte[] content, string name = "data.csv", HttpClient? by = null)
    {
        using var answer = await SendFormAsync(content, name, by: by);
        return await ReadAsync(answer);
    }

    public static async Task<FileView> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<FileView>(TestCentre.Json))!;
    }

    public static async Task<ProblemView> ProblemAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<ProblemView>(TestCentre.Json))!;

    /// <summary>What lies on the disk, on its way or kept.</summary>
    public int OnDisk() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Length;
}
