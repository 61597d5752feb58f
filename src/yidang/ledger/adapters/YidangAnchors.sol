// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Roots of a transparency log at growing sizes. Whoever made the contract adds to it; nobody can change or remove.
contract YidangAnchors {
    address public immutable owner;
    mapping(bytes32 => uint64) public newest;
    mapping(bytes32 => mapping(uint64 => bytes32)) public roots;

    event Anchored(bytes32 indexed log, uint64 size, bytes32 root);

    error NotTheOwner();
    error NotNewer(uint64 newestSize);

    constructor() {
        owner = msg.sender;
    }

    /// `log` is the SHA-256 of the log's origin; `size` and `root` are those of a signed checkpoint.
    function anchor(bytes32 log, uint64 size, bytes32 root) external {
        if (msg.sender != owner) revert NotTheOwner();
        if (size <= newest[log]) revert NotNewer(newest[log]);
        newest[log] = size;
        roots[log][size] = root;
        emit Anchored(log, size, root);
    }
}
