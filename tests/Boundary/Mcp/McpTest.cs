namespace Outrider.Tests.Boundary.Mcp;

/// <summary>A test on a centre of its own with one client, an operator's.</summary>
public abstract class McpTest : IAsyncLifetime
{
    private McpCentre? _centre;
    private McpRaw? _client;

    internal McpCentre Centre => _centre!;

    internal McpRaw Client => _client!;

    /// <summary>Nodes of the centre; the client's requests go to one after the other.</summary>
    protected virtual int Nodes => 1;

    public async Task InitializeAsync()
    {
        _centre = await McpCentre.StartAsync(Configure, Nodes);
        _client = _centre.Raw();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Centre.DisposeAsync();
    }

    private protected virtual void Configure(Api.Mcp.McpOptions options)
    {
    }
}
