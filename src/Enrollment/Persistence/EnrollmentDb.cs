using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Persistence;

internal sealed class EnrollmentDb(DbContextOptions<EnrollmentDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "enrollment";
}
