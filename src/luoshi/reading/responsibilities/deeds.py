"""Words with which work begins: what stands before them ended a name, and a line that opens with one is a task."""

from typing import Final

# For patterns; without marks around it.
DEEDS: Final = (
    "新建|改造|改建|扩建|续建|建成|完成|启动|开工|编制|修订|制定|出台|推进|推动|加快|加强|强化|健全|完善|提升|优化|深化|实施|开展|落实|组织|打造"
    "|培育|引进|支持|鼓励|确保|力争|做好|抓好|办好|继续|全面|积极|大力|持续|深入|进一步|建立"
)
