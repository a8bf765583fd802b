using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest.Files;

public sealed class UploadTests(FileCentre files) : IClassFixture<FileCentre>
{
    [Fact]
    [SuppressMessage("Security", "CA5351", Justification = "Older clients ask for it.")]
    public async Task Upload_AForm_IsKeptWithItsChecksums()
    {
        var content = FileCentre.Content(300_000);
        using var answer = await files.SendFormAsync(content, "../../etc/\u202Edata.csv", "text/csv");
        var file = await FileCentre.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api/v1/files/{file.Id}", answer.Headers.Location?.ToString());
        Assert.Equal(("data.csv", 300_000L, "text/csv", FileKind.User), (file.Name, file.Size, file.ContentType, file.Kind));
        Assert.Equal(FileCentre.Sha256(content), file.Sha256);
        Assert.Equal(Convert.ToHexStringLower(MD5.HashData(content)), file.Md5);
        Assert.Equal(file.CreatedAt, file.UpdatedAt);
        Assert.Equal(content, await files.Viewer.GetByteArrayAsync(new Uri(file.Path, UriKind.Relative)));
    }

    [Fact]
    public async Task Upload_TheBodyItself_IsKept()
    {
        var content = FileCentre.Content();
        // What curl --data-binary says of any body.
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
        using var answer = await files.SendAsync(body, "?name=schema.sql");
        var file = await FileCentre.ReadAsync(answer);
        Assert.Equal(("schema.sql", "application/sql"), (file.Name, file.ContentType));
    }

    [Fact]
    public async Task Upload_TheSameContentAgain_GivesTheFileThatIsThere()
    {
        var content = FileCentre.Content();
        var first = await files.KeepAsync(content);
        var before = files.OnDisk();
        using var again = await files.SendFormAsync(content, "other.sql", by: files.OtherOperator);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(first, await FileCentre.ReadAsync(again));
        Assert.Equal(before, files.OnDisk());

        // Another tenant's is its own.
        Assert.NotEqual(first.Id, (await files.KeepAsync(content, by: files.Evil)).Id);
    }

    [Fact]
    public async Task Upload_AnEmptyFile_IsKept()
    {
        using var answer = await files.SendFormAsync([], "empty.txt");
        Assert.Equal(0, (await FileCentre.ReadAsync(answer)).Size);
    }

    [Fact]
    public async Task Upload_AnArtefact_OfAnyTypeWithItsChecksum()
    {
        var content = FileCentre.Content(1 << 20);
        using var answer = await files.SendAsync(new ByteArrayContent(content), $"?name=agent.exe&kind=artefact&sha256={FileCentre.Sha256(content)}");
        Assert.Equal(FileKind.Artefact, (await FileCentre.ReadAsync(answer)).Kind);

        var second = FileCentre.Content();
        using var body = new ByteArrayContent(second) { Headers = { { "Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(second))}:" } } };
        using var byHeader = await files.SendAsync(body, "?name=agent.exe&kind=artefact");
        Assert.Equal(FileCentre.Sha256(second), (await FileCentre.ReadAsync(byHeader)).Sha256);
    }

    [Theory]
    [InlineData("?name=a.exe", "application/octet-stream", 415, ProblemCodes.UnsupportedMediaType)]
    [InlineData("?name=a.csv", "text/html", 415, ProblemCodes.UnsupportedMediaType)]
    [InlineData("?name=a", "text/plain", 415, ProblemCodes.UnsupportedMediaType)]
    [InlineData("", "text/plain", 400, ProblemCodes.InvalidArgument)]
    [InlineData("?name=a.txt&kind=other", "text/plain", 400, ProblemCodes.InvalidArgument)]
    [InlineData("?name=a.txt&kind=artefact", "text/plain", 400, ProblemCodes.InvalidArgument)]
    [InlineData("?name=a.txt&sha256=ABC", "text/plain", 400, ProblemCodes.InvalidArgument)]
    [InlineData("?name=a.txt&sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "text/plain", 422, ProblemCodes.FileInvalid)]
    [InlineData("?name=a.txt", "multipart/form-data", 400, ProblemCodes.InvalidArgument)]
    [InlineData("?name=a.txt", "multipart/form-data; boundary=x", 400, ProblemCodes.InvalidArgument)]
    public async Task Upload_WhatMayNotBe_IsRefusedAndLeavesNothing(string query, string type, int status, string code)
    {
        var before = files.OnDisk();
        using var body = new ByteArrayContent(FileCentre.Content());
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await files.SendAsync(body, query);
        Assert.Equal((status, code), ((int)answer.StatusCode, (await FileCentre.ProblemAsync(answer)).Code));
        Assert.Equal(before, files.OnDisk());
    }

    [Fact]
    public async Task Upload_TooLargeByItsLength_IsRefusedBeforeAByteIsRead()
    {
        using var tcp = await SendHeadAsync($"POST /api/v1/files?name=a.csv HTTP/1.1\r\nContent-Length: {FileLimits.UserBytes + 1}\r\n");
        Assert.StartsWith("HTTP/1.1 413", await ReadLineAsync(tcp), StringComparison.Ordinal);
        using var artefact = await SendHeadAsync(
            $"POST /api/v1/files?name=a&kind=artefact&sha256={new string('0', 64)} HTTP/1.1\r\nContent-Length: {FileLimits.ArtefactBytes + 1}\r\n");
        Assert.StartsWith("HTTP/1.1 413", await ReadLineAsync(artefact), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 413)]
    public async Task Upload_OfUnknownLength_IsCountedOnTheWay(int beyond, int status)
    {
        var before = files.OnDisk();
        using var body = new StreamContent(new MemoryStream(new byte[FileLimits.UserBytes + beyond]));
        using var request = new HttpRequestMessage(HttpMethod.Post, TestCentre.Path("/files?name=a.csv")) { Content = body };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await files.Operator.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(before + (status == 201 ? 1 : 0), files.OnDisk());
    }

    [Theory]
    [InlineData("Content-Type: text/csv\r\nContent-Length: 1000000\r\n", "")]
    [InlineData("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n",
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n")]
    [InlineData("Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n", "fffff\r\n")]
    public async Task Upload_CutOff_LeavesNothing(string headers, string start)
    {
        var before = files.OnDisk();
        using (var tcp = await SendHeadAsync($"POST /api/v1/files?name=a.csv HTTP/1.1\r\n{headers}"))
        {
            await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(start + new string('x', 400_000)));
            await UntilAsync(() => files.OnDisk() > before);
            tcp.Client.Close(0);
        }
        await UntilAsync(() => files.OnDisk() == before);
    }

    [Fact]
    public async Task Upload_FormWithoutItsEnd_IsNotKept()
    {
        var before = files.OnDisk();
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b,c"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var answer = await files.SendAsync(body, "");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, files.OnDisk());
    }

    [Fact]
    public async Task Upload_ByAViewer_IsRefusedBeforeItsBody()
    {
        using var answer = await files.SendFormAsync(FileCentre.Content(), "a.csv", by: files.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Upload_AndWhatBecameOfIt_IsInTheAudit()
    {
        var file = await files.KeepAsync(FileCentre.Content(), "audited.csv");
        using var refused = await files.SendFormAsync(FileCentre.Content(), "audited.exe");
        using var deleted = await files.Operator.DeleteAsync(TestCentre.Path($"/files/{file.Id}"));
        var audit = await files.Admin.GetStringAsync(TestCentre.Path("/audit?limit=10"));
        Assert.Contains($"audited.csv {file.Size} {file.Sha256}", audit, StringComparison.Ordinal);
        Assert.Contains("audited.exe", audit, StringComparison.Ordinal);
        Assert.Contains("file.delete", audit, StringComparison.Ordinal);
    }

    /// <summary>Begins a request by hand, as an operator of acme.</summary>
    private async Task<TcpClient> SendHeadAsync(string head)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(files.Centre.Url.Host, files.Centre.Url.Port);
        var key = files.Operator.DefaultRequestHeaders.Authorization!.Parameter;
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{head}Host: centre\r\nX-API-Key: {key}\r\n\r\n"));
        return tcp;
    }

    private static async Task<string> ReadLineAsync(TcpClient tcp) =>
        await new StreamReader(tcp.GetStream()).ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? "";

    /// <summary>The disk raises no event that a test could await.</summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!isSo())
            await tick.WaitForNextTickAsync(timeout.Token);
    }
}
