namespace Outrider.Api.Mcp.Transport;

/// <summary>What an id of <see cref="SessionIds"/> stands for. The numbers are part of the ids.</summary>
internal enum SessionKind : byte
{
    /// <summary>A session of Streamable HTTP; its content is the negotiated revision.</summary>
    Session = 1,

    /// <summary>An event stream of the older transport; its content is the address of its observer.</summary>
    Stream = 2,
}
