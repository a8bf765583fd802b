namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/net/dev</c> (proc_pid_net(5)): what each network interface has counted.</summary>
internal sealed class NetworkTable
{
    private readonly List<NetworkInterface> _interfaces = [];
    private readonly NameTable _names = new();

    public IReadOnlyList<NetworkInterface> Interfaces => _interfaces;

    public void Read(ReadOnlySpan<byte> text)
    {
        _interfaces.Clear();
        var lines = new LineReader(text);
        while (lines.TryNext(out var line))
        {
            // An alias such as eth0:1 has a colon of its own; counters never have one.
            var colon = line.LastIndexOf((byte)':');
            if (colon <= 0)
                continue;
            var fields = new FieldReader(line[(colon + 1)..]);
            var (receivedBytes, receivedPackets, receiveErrors, receiveDrops) = (fields.Unsigned(), fields.Unsigned(), fields.Unsigned(), fields.Unsigned());
            fields.Skip(4);
            var (sentBytes, sentPackets, sendErrors, sendDrops) = (fields.Unsigned(), fields.Unsigned(), fields.Unsigned(), fields.Unsigned());
            if (receivedBytes is not null)
            {
                _interfaces.Add(new NetworkInterface(_names.Get(line[..colon].Trim((byte)' ')))
                {
                    ReceivedBytes = receivedBytes, ReceivedPackets = receivedPackets, ReceiveErrors = receiveErrors, ReceiveDrops = receiveDrops,
                    SentBytes = sentBytes, SentPackets = sentPackets, SendErrors = sendErrors, SendDrops = sendDrops,
                });
            }
        }
    }
}
