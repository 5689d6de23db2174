using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Persistence;

internal sealed class QuizzesDb(DbContextOptions<QuizzesDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "quizzes";
}
