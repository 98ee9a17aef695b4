export const use = ({ aCutConnectionLeavesItOpen }) => aCutConnectionLeavesItOpen();
