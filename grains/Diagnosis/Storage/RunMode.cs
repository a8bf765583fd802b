namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Where a cluster keeps its data.</summary>
public enum RunMode
{
    /// <summary>As replicas on the backends' own disks.</summary>
    SharedNothing,

    /// <summary>In object storage, with compute nodes in front of it.</summary>
    SharedData,
}
