using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Outrider.Api.Operations.Files;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest.Files;

public sealed class FileTests(FileCentre files) : IClassFixture<FileCentre>
{
    [Fact]
    public async Task Download_ARange_IsThatRangeWithSafeHeaders()
    {
        var content = FileCentre.Content();
        var file = await files.KeepAsync(content, "Übersicht 1.csv");
        using var request = new HttpRequestMessage(HttpMethod.Get, file.Path) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await files.Viewer.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{file.Sha256}\"", part.Headers.ETag?.Tag);
        Assert.Equal("attachment", part.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("Übersicht 1.csv", part.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(["nosniff"], part.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("sandbox", part.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var known = new HttpRequestMessage(HttpMethod.Get, file.Path) { Headers = { IfNoneMatch = { part.Headers.ETag! } } };
        using var notModified = await files.Viewer.SendAsync(known);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, file.Path) { Headers = { Range = new RangeHeaderValue(5_000, null) } };
        using var outside = await files.Viewer.SendAsync(beyond);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, outside.StatusCode);
    }

    [Fact]
    public async Task EveryRoute_AnotherTenantsFile_Is404()
    {
        var file = await files.KeepAsync(FileCentre.Content());
        Assert.Equal(HttpStatusCode.NotFound, (await files.Evil.GetAsync(TestCentre.Path($"/files/{file.Id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await files.Evil.GetAsync(TestCentre.Path($"/files/{file.Id}/download"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await files.Evil.DeleteAsync(TestCentre.Path($"/files/{file.Id}"))).StatusCode);
        using var link = await files.Evil.PostAsync(TestCentre.Path($"/files/{file.Id}/link"), null);
        Assert.Equal(ProblemCodes.FileNotFound, (await FileCentre.ProblemAsync(link)).Code);
        Assert.DoesNotContain(file.Id, await files.Evil.GetStringAsync(TestCentre.Path("/files")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await files.Viewer.GetAsync(TestCentre.Path($"/files/{file.Id}"))).StatusCode);
    }

    [Fact]
    public async Task Delete_ByAnotherOperator_IsForbiddenAndByItsSenderNot()
    {
        var file = await files.KeepAsync(FileCentre.Content());
        var path = TestCentre.Path($"/files/{file.Id}");
        var before = files.OnDisk();
        Assert.Equal(HttpStatusCode.Forbidden, (await files.OtherOperator.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await files.Operator.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await files.Viewer.GetAsync(path)).StatusCode);
        Assert.Equal(before - 1, files.OnDisk());

        var second = await files.KeepAsync(FileCentre.Content());
        Assert.Equal(HttpStatusCode.NoContent, (await files.Admin.DeleteAsync(TestCentre.Path($"/files/{second.Id}"))).StatusCode);
    }

    [Fact]
    public async Task Delete_OneOfTwoFilesOfAContent_KeepsTheContentForTheOther()
    {
        var content = FileCentre.Content();
        var first = await files.KeepAsync(content);
        using var answer = await files.SendAsync(new ByteArrayContent(content), $"?name=a&kind=artefact&sha256={first.Sha256}");
        var second = await FileCentre.ReadAsync(answer);
        Assert.Equal(HttpStatusCode.NoContent, (await files.Admin.DeleteAsync(TestCentre.Path($"/files/{first.Id}"))).StatusCode);
        Assert.Equal(content, await files.Viewer.GetByteArrayAsync(new Uri(second.Path, UriKind.Relative)));
    }

    [Fact]
    public async Task UploadAndDelete_TheSameContentAtOnce_NoFileIsWithoutItsContent()
    {
        var content = FileCentre.Content();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var answer = await files.SendFormAsync(content, "race.csv");
                if (answer.IsSuccessStatusCode)
                    await files.Admin.DeleteAsync(TestCentre.Path($"/files/{(await FileCentre.ReadAsync(answer)).Id}"));
                else
                    Assert.Equal(ProblemCodes.Unavailable, (await FileCentre.ProblemAsync(answer)).Code);
            }
        }));
        var page = (await files.Viewer.GetFromJsonAsync<FilePage>(TestCentre.Path("/files?name=race.csv"), TestCentre.Json))!;
        foreach (var file in page.Files)
            Assert.Equal(content, await files.Viewer.GetByteArrayAsync(new Uri(file.Path, UriKind.Relative)));
    }

    [Fact]
    public async Task List_ByPatternAndPage_GivesEachOnce()
    {
        for (var i = 0; i < 5; i++)
            await files.KeepAsync(FileCentre.Content(), $"Listed-{i}.csv");
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = (await files.Viewer.GetFromJsonAsync<FilePage>(
                TestCentre.Path($"/files?name=listed-*&kind=user&limit=2{(after is null ? "" : $"&after={after}")}"), TestCentre.Json))!;
            seen.AddRange(page.Files.Select(file => file.Name));
            if ((after = page.Next) is null)
                break;
        }
        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await files.Viewer.GetAsync(TestCentre.Path("/files?limit=101"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await files.Viewer.GetAsync(TestCentre.Path("/files?after=nothing"))).StatusCode);
    }

    [Theory]
    [InlineData(null, 3600)]
    [InlineData(60, 60)]
    [InlineData(86_400, 86_400)]
    public async Task Link_WithinItsLife_NeedsNoKeyAndThenIsOver(int? asked, int life)
    {
        var content = FileCentre.Content();
        var file = await files.KeepAsync(content);
        var link = await LinkAsync(file.Id, asked);
        Assert.Equal(content, await files.Nobody.GetByteArrayAsync(new Uri(link.Url, UriKind.Relative)));

        files.Time.Advance(TimeSpan.FromSeconds(life - 1));
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(link.Url)).StatusCode);
        files.Time.Advance(TimeSpan.FromSeconds(1));
        using var over = await OpenAsync(link.Url);
        Assert.Equal((HttpStatusCode.Forbidden, ProblemCodes.Forbidden), (over.StatusCode, (await FileCentre.ProblemAsync(over)).Code));
        Assert.Contains("file.link", await files.Admin.GetStringAsync(TestCentre.Path("/audit")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(86_401)]
    [InlineData(-1)]
    public async Task Link_OfAnotherLife_IsRefused(int seconds)
    {
        var file = await files.KeepAsync(FileCentre.Content());
        using var answer = await files.Operator.PostAsJsonAsync(TestCentre.Path($"/files/{file.Id}/link"), new { expires_seconds = seconds });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var viewer = await files.Viewer.PostAsync(TestCentre.Path($"/files/{file.Id}/link"), null);
        Assert.Equal(HttpStatusCode.Forbidden, viewer.StatusCode);
    }

    [Fact]
    public async Task Link_ChangedAnywhere_Is403()
    {
        var file = await files.KeepAsync(FileCentre.Content());
        var other = await files.KeepAsync(FileCentre.Content());
        var url = (await LinkAsync(file.Id, null)).Url;
        var grant = url[(url.IndexOf("grant=", StringComparison.Ordinal) + 6)..];
        foreach (var changed in new[]
        {
            url.Replace(file.Id, other.Id, StringComparison.Ordinal), url.Replace("~acme~", "~evil~", StringComparison.Ordinal),
            url.Replace("~acme~~", "~acme~prod-1~", StringComparison.Ordinal), url.Replace(grant, "9" + grant, StringComparison.Ordinal),
            url.Replace(grant, "", StringComparison.Ordinal), url[..^2], url + "A", url.Replace(grant, "~~~", StringComparison.Ordinal),
            url.Replace(grant, "99999999999999999999~acme~~x", StringComparison.Ordinal), url[..url.IndexOf('?', StringComparison.Ordinal)],
        })
        {
            using var answer = await OpenAsync(changed);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, changed);
        }
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(url)).StatusCode);
    }

    [Fact]
    public async Task Link_OfADisabledTenant_Is403AndOfADeletedFile404()
    {
        var file = await files.KeepAsync(FileCentre.Content());
        var url = (await LinkAsync(file.Id, null)).Url;
        await files.Centre.Grains.Get<ITenant>("acme").UpdateAsync(new TenantUpdate { Enabled = false });
        using (var disabled = await OpenAsync(url))
            Assert.Equal(ProblemCodes.TenantDisabled, (await FileCentre.ProblemAsync(disabled)).Code);
        await files.Centre.Grains.Get<ITenant>("acme").UpdateAsync(new TenantUpdate { Enabled = true });
        await files.Admin.DeleteAsync(TestCentre.Path($"/files/{file.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(url)).StatusCode);
    }

    [Fact]
    public async Task Restart_OfTheCentre_KeepsFilesAndLinks()
    {
        await using var centre = await TestCentre.StartAsync();
        await centre.CreateTenantAsync("acme");
        var key = await centre.CreateKeyAsync("acme", Role.Operator);
        using var client = centre.Client(key);
        using var answer = await client.PostAsync(TestCentre.Path("/files?name=a.txt"), new ByteArrayContent([1, 2, 3]));
        var file = await FileCentre.ReadAsync(answer);
        using var linked = await client.PostAsync(TestCentre.Path($"/files/{file.Id}/link"), null);
        var link = (await linked.Content.ReadFromJsonAsync<FileLink>(TestCentre.Json))!;
        await centre.RestartAsync();
        using var nobody = centre.Client(null);
        Assert.Equal([1, 2, 3], await nobody.GetByteArrayAsync(new Uri(link.Url, UriKind.Relative)));
    }

    private Task<HttpResponseMessage> OpenAsync(string url) => files.Nobody.GetAsync(new Uri(url, UriKind.Relative));

    private async Task<FileLink> LinkAsync(string file, int? seconds)
    {
        var path = TestCentre.Path($"/files/{file}/link");
        using var answer = seconds is { } life
            ? await files.Operator.PostAsJsonAsync(path, new { expires_seconds = life })
            : await files.Operator.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<FileLink>(TestCentre.Json))!;
    }
}
