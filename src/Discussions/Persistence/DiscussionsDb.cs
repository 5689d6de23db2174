using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Persistence;

internal sealed class DiscussionsDb(DbContextOptions<DiscussionsDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "discussions";
}
